import type { IconName } from '@custom-identity-platform/kit/icons.tsx'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useAdmin, useMay, useMessages } from '../console-context.tsx'
import type { Messages } from '../messages/messages.ts'
import type { Search } from '../search.ts'
import { useGroups, usePages } from './navigation.tsx'

export type Hit = {
  readonly key: string
  readonly kind: keyof Messages['palette']['kinds']
  readonly title: string
  readonly more?: string | undefined
  readonly icon: IconName
  readonly to: string
  readonly search?: Search
}

const waitMs = 150

/** What was typed, once the typing pauses. */
const useSettled = (text: string): string => {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), waitMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

const usePageHits = (text: string): readonly Hit[] => {
  const { sections } = useMessages()
  const wanted = text.toLowerCase()
  return useGroups()
    .flatMap((group) => group.sections)
    .filter(({ name }) => sections[name].toLowerCase().includes(wanted))
    .map(({ name, path, icon }) => ({ key: path, kind: 'page', title: sections[name], icon, to: path }))
}

const perKind = 5

const useUserHits = (prefix: string) => {
  const [admin, may] = [useAdmin(), useMay()]
  const { data = [], isFetching } = useQuery({
    queryKey: ['palette', 'users', prefix],
    enabled: prefix !== '' && may('users:read'),
    queryFn: async ({ signal }) => (await admin.get('/users', { query: { prefix, limit: perKind }, signal })).body.users,
  })
  const hits = data.map(
    ({ id, username, email }): Hit => ({
      ...{ key: id, kind: 'user', icon: 'person', to: `/users/${id}` },
      ...{ title: username ?? email ?? id, more: username === null ? undefined : (email ?? undefined) },
    }),
  )
  return { hits, isFetching }
}

const useClientHits = (prefix: string) => {
  const [admin, may] = [useAdmin(), useMay()]
  const { data = [], isFetching } = useQuery({
    queryKey: ['palette', 'clients', prefix],
    enabled: prefix !== '' && may('clients:read'),
    queryFn: async ({ signal }) => (await admin.get('/clients', { query: { prefix, limit: perKind }, signal })).body.clients,
  })
  const hits = data.map(
    ({ id, name }): Hit => ({
      key: id,
      kind: 'client',
      icon: 'apps',
      to: `/clients/${encodeURIComponent(id)}`,
      title: name ?? id,
      more: id,
    }),
  )
  return { hits, isFetching }
}

const useOrganizationHits = (prefix: string) => {
  const [admin, may] = [useAdmin(), useMay()]
  const { data = [], isFetching } = useQuery({
    queryKey: ['palette', 'organizations', prefix],
    enabled: prefix !== '' && may('organizations:read'),
    queryFn: async ({ signal }) => (await admin.get('/organizations', { query: { prefix, limit: perKind }, signal })).body.organizations,
  })
  const hits = data.map(
    ({ id, name, slug }): Hit => ({ key: id, kind: 'organization', icon: 'building', to: `/organizations/${id}`, title: name, more: slug }),
  )
  return { hits, isFetching }
}

// The ids that the server makes itself; what came with a request may be shorter.
const isRequestId = (text: string): boolean => /^[A-Za-z0-9._:-]{8,128}$/.test(text)

const useRequestHits = (text: string): readonly Hit[] => {
  const { palette } = useMessages()
  const may = useMay()
  if (!isRequestId(text) || !may('events:read')) return []
  return [{ key: 'request', kind: 'request', title: palette.request(text), icon: 'list', to: '/events/explain', search: { request: text } }]
}

/** What a text leads to: pages at once, everything else when the typing pauses. */
export const useHits = (typed: string): { readonly hits: readonly Hit[]; readonly isSearching: boolean } => {
  const text = typed.trim()
  const settled = useSettled(text)
  const pages = usePageHits(text)
  const [users, clients, organizations] = [useUserHits(settled), useClientHits(settled), useOrganizationHits(settled)]
  const requests = useRequestHits(settled)
  const found = [users, clients, organizations]
  const isPage = usePages()
  return {
    hits: [...pages, ...found.flatMap(({ hits }) => hits), ...requests].filter(({ to }) => isPage(to)),
    isSearching: text !== settled || found.some(({ isFetching }) => isFetching),
  }
}
