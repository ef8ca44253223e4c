import { randomInt } from 'node:crypto'
import type autocannon from 'autocannon'
import type { AdminKnowledge, Operation } from './load-protocol.ts'
import { userAddress, userName } from './names.ts'

type Next = { readonly path: () => string; readonly onBody?: (body: string) => void }

const one = <T>(list: readonly T[]): T | undefined => list[randomInt(Math.max(1, list.length))]
const dayAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString()

/** A list that is paged through to its end and then begun again. */
const paged = (first: () => string): Next => {
  let cursor: string | undefined
  return {
    path: () => (cursor === undefined ? first() : `${first()}&cursor=${encodeURIComponent(cursor)}`),
    onBody: (body) => {
      cursor = (JSON.parse(body) as { next: string | null }).next ?? undefined
    },
  }
}

const makers = (known: AdminKnowledge, users: number): Partial<Record<Operation, Next>> => ({
  'admin-users': paged(() => '/admin/v1/users?limit=50&order=oldest'),
  'admin-search': { path: () => `/admin/v1/users?prefix=${userName(randomInt(1, users + 1)).slice(0, randomInt(3, 13))}` },
  'admin-attribute': {
    path: () =>
      randomInt(2) === 0
        ? `/admin/v1/users?attribute=department:department%20${randomInt(known.departments)}`
        : `/admin/v1/users?attribute=employee:%22${randomInt(1, users + 1)}%22`,
  },
  'admin-user': { path: () => `/admin/v1/users/${one(known.users)}` },
  'admin-user-events': { path: () => `/admin/v1/users/${one(known.users)}/events` },
  'admin-events': paged(() => '/admin/v1/events?limit=50'),
  'admin-events-filtered': {
    path: () =>
      one([
        `/admin/v1/events?type=sign_in.refused&until=${dayAgo(randomInt(80))}`,
        `/admin/v1/events?client=bench-ES256&until=${dayAgo(randomInt(80))}`,
        `/admin/v1/events?user=${one(known.users)}&type=sign_in.refused`,
        '/admin/v1/events?type=user.created',
        `/admin/v1/events?type=session.ended&client=bench-ES256&since=${dayAgo(79)}&until=${dayAgo(70)}`,
      ]) ?? '',
  },
  'admin-events-address': { path: () => `/admin/v1/events?ip=${userAddress(randomInt(1, users + 1))}` },
  'admin-request': { path: () => `/admin/v1/requests/bench-${randomInt(1, known.events + 1)}` },
  'admin-overview': { path: () => '/admin/v1/overview' },
})

/** Requests of the console and of scripts to the admin API. */
export const adminRequestOf = (operation: Operation, known: AdminKnowledge | undefined, users: number): autocannon.Request | undefined => {
  const next = known && makers(known, users)[operation]
  if (next === undefined) return undefined
  return {
    headers: { authorization: `Bearer ${known?.token}` },
    setupRequest: (request) => Object.assign(request, { path: next.path() }),
    onResponse: (status, body) => {
      if (status === 200) next.onBody?.(body)
    },
  }
}
