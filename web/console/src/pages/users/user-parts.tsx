import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { useMessages } from '../../console-context.tsx'
import { StatusPill } from '../../parts/status-pill.tsx'

export type ListedUser = AdminAnswer<'get', '/users'>['body']['users'][number]
export type User = AdminAnswer<'get', '/users/{id}'>['body']

export const nameOf = ({ username, email }: Pick<ListedUser, 'username' | 'email'>): string | undefined => username ?? email ?? undefined

export const UserStatus = ({ status }: Pick<ListedUser, 'status'>) => {
  const { users } = useMessages()
  return <StatusPill status={status} words={users.statuses} kinds={{ active: 'good', disabled: 'plain', frozen: 'bad' }} />
}

/** What is read of one account, and asked for anew where something of it changes. */
export const keysOf = (id: string) =>
  [
    ['users', 'one', id],
    ['users', 'list'],
  ] as const
