import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Search } from '../search.ts'

/** The state of the page that its address holds, and how to change some of it; undefined takes a member away. */
export const useSearchState = () => {
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const change = (members: Search): void => {
    void navigate({ to: '.', search: { ...search, ...members }, replace: true })
  }
  return { search, change }
}

/** The same members without those that are undefined, as the API wants them. */
export const given = <T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== '')) as never
