import { guardAccount } from './access/access.job.ts'
import { refusalError } from './access/refusals.routes.ts'
import { accountStore } from './auth-api/account/account.store.ts'
import { applicationStore } from './auth-api/account/applications.store.ts'
import { impersonationRoutesOf } from './compose-impersonation.ts'
import { type Database, inTransaction, type Tx } from './db/database.ts'
import { erasePersonalData } from './events/event-keys.store.ts'
import { record } from './events/events.store.ts'
import type { EventMaker } from './events/events.ts'
import type { AnyRoute } from './http/route.ts'
import { credentialsAdminRoutes } from './login/credentials.admin.routes.ts'
import { createLostFactors, type Doors, deviceOf } from './login/login.ts'
import { applicationsAdminRoutes } from './oauth/applications.admin.routes.ts'
import { holdOwnedAlone } from './organizations/organizations.ts'
import { bumpSessionEpoch } from './sessions/endings.store.ts'
import { personSessionsAdminRoutes } from './sessions/person-sessions.admin.routes.ts'
import type { Places } from './sessions/places.job.ts'
import { endSessionsOf } from './sessions/sessions.store.ts'
import { personSessions } from './sessions/sessions.ts'
import { createNameAdmin, type NameAdmin } from './users/names.job.ts'
import { createProfileAdmin } from './users/profile.job.ts'
import { createUserAdmin, type Operator, type UserAdmin } from './users/user-admin.job.ts'
import { findUser, searchUsers } from './users/user-search.store.ts'
import { type UserRoutesDeps, usersAdminRoutes } from './users/users.admin.routes.ts'
import { readIdentifier } from './users/users.ts'

export type PeopleParts = {
  readonly db: Database
  readonly tenantId: string
  readonly doors: Doors
  readonly cursorKey: Uint8Array
  readonly limit: number
  readonly findPlace: Places['find']
  readonly announceEnd: (tenantId: string, sessionId: string) => void
  readonly readSchema: () => Promise<unknown>
  readonly issuer: string
}

type Acting = { readonly permissions: ReadonlySet<string>; readonly events: EventMaker }

/** What somebody does with the accounts of a tenant. */
export const userAdminOf = (db: Database | Tx, tenantId: string, operator: Operator): UserAdmin =>
  createUserAdmin({
    ...{ db, tenantId, record, operator },
    ownedAlone: (tx, userId) => holdOwnedAlone(tenantId, tx, userId),
    endSessions: (tx, input) => endSessionsOf(tenantId, tx, input),
    forgetSessions: (tx) => bumpSessionEpoch(tenantId, tx),
    erasePersonalData: (tx, userId) => erasePersonalData(tenantId, tx, { userId }),
  })

const guardOf =
  (tenantId: string, { permissions }: Pick<Acting, 'permissions'>): Operator['guard'] =>
  async (tx, input) => {
    const refusal = await guardAccount(tenantId, tx, { ...input, permissions })
    if (refusal !== undefined) throw refusalError(refusal, 'user')
  }

const namesOf = ({ tenantId, doors }: PeopleParts): NameAdmin =>
  createNameAdmin({
    ...{ tenantId, record, forgetSessions: (tx) => bumpSessionEpoch(tenantId, tx) },
    tellEarlier: (tx, { userId, from, to }) => {
      const notice = from === null ? { messages: [], proofs: [] } : doors.emailNotice(tenantId, { userId, to: from, now: to })
      return doors.changes.settleAddress(tenantId, tx, { userId, notice })
    },
    setLanguage: (tx, input) => accountStore(tx).setLanguage(tenantId, input),
  })

const resetsOf =
  ({ tenantId, doors }: PeopleParts): UserRoutesDeps['sendReset'] =>
  async ({ user, events }) => {
    const email = user.email === null ? undefined : readIdentifier(user.email)
    if (email === undefined) return false
    const { canonical: address, written } = email
    const to = { userId: user.id, address, written }
    await doors.proofs.send(tenantId, { purpose: 'reset', to, typed: address, language: user.language ?? 'en', events })
    return true
  }

const endingsOf =
  ({ db, tenantId, announceEnd }: PeopleParts) =>
  async (acting: Acting, { userId, only }: { userId: string; only?: string }): Promise<number> => {
    const reason = 'ended-by-operator'
    const { events } = acting
    const ended = await inTransaction(db, { isIdempotent: true }, async (tx) => {
      await guardOf(tenantId, acting)(tx, { userId, shutsOut: false })
      const event = events.makeConditional({ type: 'session.ended', userId, payload: { reason } })
      return personSessions(tx).end(tenantId, { userId, reason, event, only })
    })
    for (const one of ended) {
      events.count('session.ended')
      announceEnd(tenantId, one)
    }
    return ended.length
  }

const lostFactorsOf = ({ db, tenantId, doors }: PeopleParts) =>
  createLostFactors({
    ...{ db, tenantId, notices: doors.notices },
    // The guard of the removal has been asked in the same transaction.
    removePassword: async (tx, { userId, events }) => {
      const admin = userAdminOf(tx, tenantId, { via: 'admin', make: events.make, guard: async () => undefined })
      return (await admin.removePassword(userId)).kind === 'done'
    },
  })

/** What administrators see and do of the people of a tenant, below `/admin/v1/users`. */
export const peopleAdminRoutes = (parts: PeopleParts): readonly AnyRoute[] => {
  const { db, tenantId, cursorKey, limit, doors, findPlace, readSchema } = parts
  const find: UserRoutesDeps['find'] = (userId, tx) => findUser(tenantId, tx ?? db, userId)
  const exists = async (userId: string): Promise<boolean> => (await find(userId)) !== undefined
  const guardBy = (acting: Acting): Operator['guard'] => guardOf(tenantId, acting)
  const [sessions, applications, end] = [personSessions(db), applicationStore(db), endingsOf(parts)]
  return [
    ...impersonationRoutesOf(parts, { cursorKey, limit, guardBy, action: `${parts.issuer}/interaction/impersonation` }),
    ...usersAdminRoutes({
      ...{ cursorKey, limit, find, guardBy, names: namesOf(parts), sendReset: resetsOf(parts) },
      search: (search) => searchUsers(tenantId, db, search),
      adminBy: (acting) => userAdminOf(db, tenantId, { via: 'admin', make: acting.events.make, guard: guardBy(acting) }),
      profiles: createProfileAdmin({ db, tenantId, record, readSchema }),
      endSessions: (acting, userId) => end(acting, { userId }),
    }),
    ...personSessionsAdminRoutes({ limit, exists, end, deviceOf, findPlace, list: (userId) => sessions.list(tenantId, userId) }),
    ...credentialsAdminRoutes({
      ...{ limit, exists, guardBy, lost: lostFactorsOf(parts) },
      factors: (userId) => accountStore(db).factors(tenantId, userId),
      passkeys: (userId) => doors.factors.listPasskeys(tenantId, userId),
      devices: (userId) => sessions.devices(tenantId, { userId, sessionId: null }),
    }),
    ...applicationsAdminRoutes({
      ...{ limit, exists, guardBy, list: (userId) => applications.list(tenantId, userId) },
      remove: ({ guard, ...input }) =>
        inTransaction(db, { isIdempotent: true }, async (tx) => {
          await guard(tx)
          return applicationStore(tx).remove(tenantId, input)
        }),
    }),
  ]
}
