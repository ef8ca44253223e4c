import type { AdminQuery } from '@custom-identity-platform/sdk'
import { useQuery } from '@tanstack/react-query'
import { useAdmin } from '../../console-context.tsx'
import { given, useSearchState } from '../../parts/search-state.ts'

/** By what events are looked for; the names are those of the API and of the address. */
export const filterNames = ['type', 'user', 'client', 'actor', 'session', 'ip', 'request_id', 'since', 'until'] as const
/** How the list is looked at. */
export const viewNames = ['event', 'live'] as const

type Filters = Omit<AdminQuery<'get', '/events'>, 'cursor' | 'limit'>

export const useEventFilters = (): Filters => {
  const { search } = useSearchState()
  return given(Object.fromEntries(filterNames.map((name) => [name, search[name]])))
}

export const useEventTypes = () => {
  const admin = useAdmin()
  return useQuery({
    queryKey: ['events', 'types'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => (await admin.get('/events/types', { signal })).body.types,
  })
}
