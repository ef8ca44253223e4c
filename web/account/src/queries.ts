import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useApi } from './account-context.tsx'

export const keys = {
  me: ['me'],
  factors: ['factors'],
  sessions: ['sessions'],
  devices: ['devices'],
  applications: ['applications'],
  identities: ['identities'],
  activity: ['activity'],
  organizations: ['organizations'],
} as const

export const useMe = () => {
  const api = useApi()
  return useQuery({ queryKey: keys.me, queryFn: ({ signal }) => api.me(signal) })
}

export const useFactors = () => {
  const api = useApi()
  return useQuery({ queryKey: keys.factors, queryFn: ({ signal }) => api.factors(signal) })
}

export const useSessions = () => {
  const api = useApi()
  return useQuery({ queryKey: keys.sessions, queryFn: ({ signal }) => api.sessions(signal) })
}

export const useDevices = () => {
  const api = useApi()
  return useQuery({ queryKey: keys.devices, queryFn: ({ signal }) => api.devices(signal) })
}

export const useApplications = () => {
  const api = useApi()
  return useQuery({ queryKey: keys.applications, queryFn: ({ signal }) => api.applications(signal) })
}

export const useIdentities = () => {
  const api = useApi()
  return useQuery({ queryKey: keys.identities, queryFn: ({ signal }) => api.identities(signal) })
}

export const useActivity = () => {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: keys.activity,
    queryFn: ({ pageParam }) => api.activity({ before: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

/** Asks again for what a change may have touched; every change is an event. */
export const useRefresh = () => {
  const queries = useQueryClient()
  return (...names: (keyof typeof keys)[]): Promise<unknown> =>
    Promise.all([...names, 'activity' as const].map((name) => queries.invalidateQueries({ queryKey: keys[name] })))
}
