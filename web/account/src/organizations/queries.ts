import { createOrganizationClient, type Membership, type OrganizationClient } from '@custom-identity-platform/sdk'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useAccount, useApi } from '../account-context.tsx'
import { keys } from '../queries.ts'

type Part = 'members' | 'roles' | 'invitations' | 'domains' | 'policy' | 'look' | 'events'

const own = [...keys.organizations, 'own'] as const
const invitations = [...keys.organizations, 'invitations'] as const
const offers = [...keys.organizations, 'offers'] as const
export const keyOf = (id: string, part: Part) => [...keys.organizations, 'one', id, part] as const

// A person belongs to few of them; the end is for a server that never ends.
const pagesMax = 50

/** All organizations of the person: the list, and what may be done in each. */
export const useOrganizations = () => {
  const api = useApi()
  return useQuery({
    queryKey: own,
    queryFn: async (): Promise<readonly Membership[]> => {
      const found: Membership[] = []
      let cursor: string | undefined
      for (let pages = 0; pages < pagesMax; pages += 1) {
        const { organizations, next } = await api.organizations({ cursor })
        found.push(...organizations)
        if (next === null) break
        cursor = next
      }
      return found
    },
  })
}

export const useReceivedInvitations = () => {
  const api = useApi()
  return useQuery({ queryKey: invitations, queryFn: ({ signal }) => api.organizationInvitations(signal) })
}

export const useOffers = () => {
  const api = useApi()
  return useQuery({ queryKey: offers, queryFn: ({ signal }) => api.organizationOffers(signal) })
}

/** The client for one organization, with the token of the portal. */
export const useOrganizationApi = (id: string): OrganizationClient => {
  const { client, issuer } = useAccount()
  return useMemo(
    () =>
      createOrganizationClient({
        ...{ issuer, organization: id, getToken: client.getToken },
        getLanguage: () => document.documentElement.lang,
      }),
    [client, issuer, id],
  )
}

export const useMembers = (id: string) => {
  const api = useOrganizationApi(id)
  return useInfiniteQuery({
    queryKey: keyOf(id, 'members'),
    queryFn: async ({ pageParam }) => {
      const { members, next } = await api.members({ cursor: pageParam })
      return { rows: members, next }
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

export const useInvitations = (id: string) => {
  const api = useOrganizationApi(id)
  return useInfiniteQuery({
    queryKey: keyOf(id, 'invitations'),
    queryFn: async ({ pageParam }) => {
      const { invitations: rows, next } = await api.invitations({ cursor: pageParam })
      return { rows, next }
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

/** Roles that members can have; nothing for whoever may not see the members. */
export const useRoles = ({ id, permissions }: Pick<Membership, 'id' | 'permissions'>) => {
  const api = useOrganizationApi(id)
  return useQuery({
    queryKey: keyOf(id, 'roles'),
    queryFn: async ({ signal }) => (await api.roles(signal)).roles,
    enabled: permissions.includes('members:read'),
  })
}

export const useDomains = (id: string) => {
  const api = useOrganizationApi(id)
  return useQuery({ queryKey: keyOf(id, 'domains'), queryFn: ({ signal }) => api.domains(signal) })
}

export const useEvents = (id: string) => {
  const api = useOrganizationApi(id)
  return useInfiniteQuery({
    queryKey: keyOf(id, 'events'),
    queryFn: async ({ pageParam }) => {
      const { events: rows, next } = await api.events({ cursor: pageParam })
      return { rows, next }
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

/** Asks again for parts of an organization after a change; every change is an event. */
export const useRefreshOrganization = (id: string) => {
  const queries = useQueryClient()
  return (...parts: readonly Part[]): Promise<unknown> =>
    Promise.all([...parts, 'events' as const].map((part) => queries.invalidateQueries({ queryKey: keyOf(id, part) })))
}

/** Asks again for everything about organizations: what one belongs to decides what one may see. */
export const useRefreshAll = () => {
  const queries = useQueryClient()
  return (): Promise<unknown> =>
    Promise.all([keys.organizations, keys.activity].map((queryKey) => queries.invalidateQueries({ queryKey: [...queryKey] })))
}
