import { Type } from 'typebox'
import type { Tx } from '../db/database.ts'
import type { EventMaker } from '../events/events.ts'
import { empty } from '../http/content.ts'
import { notFoundError } from '../http/errors.ts'
import { type AnyRoute, freshPermission, permission, route } from '../http/route.ts'
import { isUuid } from '../platform/ids.ts'
import type { PersonDevice } from '../sessions/sessions.ts'
import type { LostFactor, LostFactors } from './lost-factors.job.ts'

type Acting = { readonly permissions: ReadonlySet<string>; readonly events: EventMaker }

type Found = {
  readonly password_at: Date | null
  readonly totp_at: Date | null
  readonly recovery_codes: number
  readonly has_email: boolean
  readonly has_phone: boolean
}

type Passkey = {
  readonly id: string
  readonly name: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
  readonly isBackedUp: boolean
}

export type CredentialRoutesDeps = {
  readonly limit: number
  readonly exists: (userId: string) => Promise<boolean>
  readonly factors: (userId: string) => Promise<Found>
  readonly passkeys: (userId: string) => Promise<readonly Passkey[]>
  readonly devices: (userId: string) => Promise<readonly PersonDevice[]>
  readonly lost: LostFactors
  readonly guardBy: (acting: Acting) => (tx: Tx, input: { userId: string; shutsOut: boolean }) => Promise<void>
}

const path = '/admin/v1/users/:id/credentials'
const shared = { tag: 'users', cors: 'never', failure: 'problem', isCredential: true } as const

const instant = Type.String({ format: 'date-time' })
const orNull = <S extends ReturnType<typeof Type.String>>(schema: S) => Type.Union([schema, Type.Null()])
const id = Type.String({ format: 'uuid' })

const Credentials = Type.Object({
  password: Type.Object({ set: Type.Boolean(), changed_at: orNull(instant) }),
  totp: Type.Object({ enrolled: Type.Boolean(), confirmed_at: orNull(instant) }),
  recovery_codes: Type.Object({ left: Type.Integer() }),
  passkeys: Type.Array(
    Type.Object({ id, name: Type.String(), created_at: instant, last_used_at: orNull(instant), backed_up: Type.Boolean() }),
  ),
  email_verified: Type.Boolean({ description: 'Codes can be mailed.' }),
  phone_verified: Type.Boolean({ description: 'Codes can be sent as text messages.' }),
  trusted_browsers: Type.Array(Type.Object({ id: Type.String(), last_seen_at: instant, trusted_until: instant })),
})

const userOf = async ({ exists }: CredentialRoutesDeps, params: Readonly<Record<string, string>>): Promise<string> => {
  const userId = params['id'] ?? ''
  if (!isUuid(userId) || !(await exists(userId))) throw notFoundError('user')
  return userId
}

const list = (deps: CredentialRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'What an account is signed in to with; no secret among it',
    auth: permission('users:read'),
    limit: { by: 'actor', max: deps.limit, seconds: 60 },
    audit: { none: 'reads only' },
    responses: { 200: Credentials },
    handle: async ({ params }) => {
      const userId = await userOf(deps, params)
      const [found, passkeys, devices] = await Promise.all([deps.factors(userId), deps.passkeys(userId), deps.devices(userId)])
      const body = {
        password: { set: found.password_at !== null, changed_at: found.password_at?.toISOString() ?? null },
        totp: { enrolled: found.totp_at !== null, confirmed_at: found.totp_at?.toISOString() ?? null },
        recovery_codes: { left: found.recovery_codes },
        passkeys: passkeys.map((one) => ({
          ...{ id: one.id, name: one.name, backed_up: one.isBackedUp },
          created_at: one.createdAt.toISOString(),
          last_used_at: one.lastUsedAt?.toISOString() ?? null,
        })),
        email_verified: found.has_email,
        phone_verified: found.has_phone,
        trusted_browsers: devices.flatMap(({ id: browser, last_seen_at: seen, trusted_until: until }) =>
          until === null ? [] : [{ id: browser, last_seen_at: seen.toISOString(), trusted_until: until.toISOString() }],
        ),
      }
      return { status: 200, body }
    },
  })

type Kind = { readonly path: string; readonly summary: string; readonly what: string; readonly factorOf: (passkey: string) => LostFactor }

const kinds: readonly Kind[] = [
  { path: 'totp', summary: 'Remove the authenticator app that a person has lost', what: 'authenticator app', factorOf: () => 'totp' },
  { path: 'recovery-codes', summary: 'Remove the recovery codes of a person', what: 'recovery code', factorOf: () => 'recovery-codes' },
  { path: 'passkeys/:passkey', summary: 'Remove a passkey that a person has lost', what: 'passkey', factorOf: (passkey) => ({ passkey }) },
  {
    path: 'trusted-browsers',
    summary: 'Ask for the second factor in every browser of a person again',
    what: 'trusted browser',
    factorOf: () => 'trusted-browsers',
  },
  {
    path: 'password',
    summary: 'Take the password of a person away; every session ends',
    what: 'password',
    factorOf: () => 'password',
  },
]

const remove = (deps: CredentialRoutesDeps, { path: below, summary, what, factorOf }: Kind): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: `${path}/${below}`,
    summary,
    description: 'The person is told by mail, with a link that freezes the account.',
    auth: freshPermission('users:support'),
    limit: { by: 'actor', max: Math.min(deps.limit, 30), seconds: 60 },
    audit: { none: 'the event of the factor is written by the statement that removes it' },
    responses: { 204: empty },
    handle: async ({ actor, params, events }) => {
      const userId = await userOf(deps, params)
      const { passkey = '' } = params
      if (below.includes(':') && !isUuid(passkey)) throw notFoundError(what)
      const guard = deps.guardBy({ permissions: actor.permissions, events })
      const removal = { userId, events, guard: (tx: Tx) => guard(tx, { userId, shutsOut: false }) }
      if (!(await deps.lost.remove({ ...removal, factor: factorOf(passkey) }))) throw notFoundError(what)
      return { status: 204, body: undefined }
    },
  })

/** What accounts are signed in to with, below `/admin/v1/users/{id}/credentials`. */
export const credentialsAdminRoutes = (deps: CredentialRoutesDeps): readonly AnyRoute[] => [
  list(deps),
  ...kinds.map((kind) => remove(deps, kind)),
]
