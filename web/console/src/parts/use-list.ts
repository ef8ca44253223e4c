import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useSearchState } from './search-state.ts'

type Page<Row> = { readonly rows: readonly Row[]; readonly next: string | null }

type ListOptions<Row> = {
  /** What the rows are found by again, filters included. */
  readonly key: readonly unknown[]
  readonly read: (page: { readonly cursor: string | undefined; readonly signal: AbortSignal }) => Promise<Page<Row>>
  /** Members of the address that say how the list is looked at, and filter nothing. */
  readonly views?: readonly string[]
  /** Reads the first page anew that often. */
  readonly everyMs?: number | undefined
}

/** The cursors of the pages before this one, kept with the entry of the history. */
const trailOf = (state: object): readonly string[] => ('trail' in state && Array.isArray(state.trail) ? state.trail : [])

/** A list by pages. Where one is stands in the address, so that a page can be linked to, reloaded and gone back to; nothing is counted. */
export const useList = <Row>({ key, read, views = [], everyMs }: ListOptions<Row>) => {
  const { search } = useSearchState()
  const { state } = useLocation()
  const navigate = useNavigate()
  const { cursor } = search
  const query = useQuery({
    queryKey: [...key, cursor ?? ''],
    queryFn: ({ signal }) => read({ cursor, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: cursor === undefined && everyMs !== undefined ? everyMs : false,
  })
  const trail = trailOf(state)
  const go = (to: string | undefined, behind: readonly string[]): void => {
    void navigate({ to: '.', search: { ...search, cursor: to }, state: { trail: behind } as object })
  }
  const next = query.data?.next ?? undefined
  return {
    query,
    rows: query.data?.rows ?? [],
    isFiltered: Object.entries(search).some(([name, value]) => value !== undefined && !['cursor', 'tab', ...views].includes(name)),
    onNext: next === undefined ? undefined : () => go(next, [...trail, cursor ?? '']),
    // Somebody who came by a link has no trail: back is the beginning.
    onPrevious: cursor === undefined ? undefined : () => go(trail.at(-1) || undefined, trail.slice(0, -1)),
  }
}

export type List<Row> = ReturnType<typeof useList<Row>>
