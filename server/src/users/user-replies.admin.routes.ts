import type { Tx } from '../db/database.ts'
import type { EventMaker } from '../events/events.ts'
import { AppError, notFoundError } from '../http/errors.ts'
import { isUuid } from '../platform/ids.ts'
import type { NameAdmin } from './names.job.ts'
import { ownedAloneSentence } from './owned-alone.ts'
import type { ProfileAdmin } from './profile.job.ts'
import type { Change, Operator, UserAdmin } from './user-admin.job.ts'
import type { UserDetail, UserRow, UserSearch } from './user-search.store.ts'

export type Acting = { readonly permissions: ReadonlySet<string>; readonly events: EventMaker }

export type UserRoutesDeps = {
  readonly cursorKey: Uint8Array
  readonly limit: number
  readonly search: (search: UserSearch) => Promise<readonly UserRow[]>
  readonly find: (userId: string, tx?: Tx) => Promise<UserDetail | undefined>
  /** What an administrator with these permissions does with accounts; throws where they may not change this one. */
  readonly adminBy: (acting: Acting) => UserAdmin
  readonly guardBy: (acting: Acting) => Operator['guard']
  readonly profiles: Pick<ProfileAdmin, 'change' | 'check' | 'register'>
  readonly names: NameAdmin
  /** Mails the person a link by which they choose a password; false where there is no address to send it to. */
  readonly sendReset: (input: { user: UserDetail; events: EventMaker }) => Promise<boolean>
  /** Ends every session of the person; how many there were. */
  readonly endSessions: (acting: Acting, userId: string) => Promise<number>
}

export const path = '/admin/v1/users'
export const shared = { tag: 'users', cors: 'never', failure: 'problem', isCredential: true } as const
export const perActor = ({ limit }: Pick<UserRoutesDeps, 'limit'>) => ({ by: 'actor', max: limit, seconds: 60 }) as const

export const idOf = (params: Readonly<Record<string, string>>): string => {
  const id = params['id'] ?? ''
  if (!isUuid(id)) throw notFoundError('user')
  return id
}

export const loaded = async ({ find }: Pick<UserRoutesDeps, 'find'>, id: string): Promise<UserDetail> => {
  const user = await find(id)
  if (user === undefined) throw notFoundError('user')
  return user
}

/** Throws the 404 where there is no such account any more, and the 409 where organizations would be left without an owner. */
export const settled = (outcome: Change): void => {
  if (outcome.kind === 'held') {
    const { organizations } = outcome
    throw new AppError({
      status: 409,
      code: 'last-owner-of-organization',
      detail: ownedAloneSentence(organizations),
      members: { organizations },
    })
  }
  if (outcome.kind === 'gone') throw notFoundError('user')
}
