import { type Database, inTransaction, type Sql, type Tx } from '../db/database.ts'
import { DatabaseUnavailable } from '../db/errors.ts'
import { type EventMaker, type EventRow, makeEvent } from '../events/events.ts'
import { type AttributeChange, changeAttributes } from './attribute-change.ts'
import { defaultAttributeSchema } from './attribute-schema.ts'
import { type AttributeProblem, type AttributeRules, type Attributes, readAttributeSchema } from './attributes.ts'
import { bumpUserEpoch, lockProfile, markEmail, readProfile, saveProfile } from './profile.store.ts'
import { type ConsentReference, type ConsentRow, deleteConsent, listConsents, revokeGrantsOf } from './profile-consents.store.ts'
import { findTaken, type Registration, register } from './registration.store.ts'

export { type AttributeChange, changeAttributes } from './attribute-change.ts'
export { attributeSchemaKey, defaultAttributeSchema } from './attribute-schema.ts'
export { type AttributeProblem, type Attributes, readAttributeSchema } from './attributes.ts'
export type { ConsentRow } from './profile-consents.store.ts'

export type ProfileDeps = {
  readonly db: Database
  readonly tenantId: string
  /** The tenant's JSON Schema of attributes; undefined where it has none of its own. */
  readonly readSchema: (sql: Sql) => Promise<unknown>
  readonly record: (tx: Tx, ...events: readonly EventRow[]) => Promise<void>
}

/** `isEmailVerified` undefined leaves the address as it is. */
export type ProfileChange = AttributeChange & {
  readonly isEmailVerified: boolean | undefined
  /** The event of who changes the own profile; absent for an operator. */
  readonly eventOf?: (attributes: readonly string[]) => EventRow
  /** The operator, where it is not the command line. */
  readonly by?: ProfileOperator | undefined
  /** Throws where the change may not be made; the account is held already. */
  readonly guard?: ((tx: Tx) => Promise<void>) | undefined
  /** What else is changed in the same transaction, with its events; the names of what was. */
  readonly also?: ((tx: Tx) => Promise<readonly string[]>) | undefined
}

type ProfileOperator = { readonly via: 'cli' | 'admin'; readonly make: EventMaker['make'] }

export type ProfileOutcome =
  | { readonly kind: 'done'; readonly changed: readonly string[] }
  | { readonly kind: 'unchanged' | 'gone' }
  | { readonly kind: 'invalid'; readonly problems: readonly AttributeProblem[] }

export type ConsentRevocation = { readonly hadConsent: boolean; readonly grantsEnded: number }

/** What a new account is written with besides its names and password. */
export type NewProfile = { readonly attributes: Attributes; readonly isEmailVerified: boolean; readonly by?: ProfileOperator | undefined }

type Registered = Awaited<ReturnType<typeof register>>

export type ProfileAdmin = {
  readonly read: (userId: string) => Promise<Attributes>
  /** What is wrong with the attributes of an account that does not exist yet. */
  readonly check: (attributes: Attributes) => Promise<readonly AttributeProblem[]>
  readonly change: (userId: string, change: ProfileChange) => Promise<ProfileOutcome>
  /** Writes account, attributes and events, or nothing. */
  readonly register: (registration: Registration, profile: NewProfile) => Promise<Registered>
  readonly consents: (userId: string) => Promise<ConsentRow[]>
  readonly revokeConsent: (consent: ConsentReference) => Promise<ConsentRevocation>
}

const rulesOf = async ({ readSchema }: ProfileDeps, sql: Sql): Promise<AttributeRules> => {
  const reading = readAttributeSchema((await readSchema(sql)) ?? defaultAttributeSchema)
  if (reading.kind === 'refused') throw new Error(`The stored attribute schema cannot be used. ${reading.sentence}`)
  return reading.rules
}

type Written = {
  readonly userId: string
  readonly attributes: Attributes
  readonly changed: readonly string[]
  readonly eventOf?: ProfileChange['eventOf']
  readonly by: ProfileOperator
}

const commandLine = (tenantId: string): ProfileOperator => ({ via: 'cli', make: (input) => makeEvent({ ...input, tenantId }) })

const write = async (deps: ProfileDeps, tx: Tx, { userId, attributes, changed, eventOf, by }: Written): Promise<void> => {
  const { tenantId, record } = deps
  await saveProfile(tenantId, tx, { userId, attributes })
  const byOperator = (): EventRow => by.make({ type: 'user.updated', userId, payload: { attributes: changed, via: by.via } })
  await record(tx, eventOf?.(changed) ?? byOperator())
}

type Mark = { readonly userId: string; readonly isVerified: boolean; readonly by: ProfileOperator }

const writeEmail = async (deps: ProfileDeps, tx: Tx, { by, ...mark }: Mark): Promise<boolean> => {
  const { tenantId, record } = deps
  if (!(await markEmail(tenantId, tx, mark))) return false
  const type = mark.isVerified ? 'user.email_verified' : 'user.email_unverified'
  await record(tx, by.make({ type, userId: mark.userId, payload: { via: by.via } }))
  return true
}

const notThere = (attribute: string): AttributeProblem => ({ attribute, sentence: 'is not set. See: cip users show' })

const change = (deps: ProfileDeps, userId: string, wanted: ProfileChange): Promise<ProfileOutcome> =>
  inTransaction(deps.db, { isIdempotent: true }, async (tx) => {
    const { tenantId } = deps
    const before = await lockProfile(tenantId, tx, userId)
    if (before === undefined) return { kind: 'gone' }
    await wanted.guard?.(tx)
    const by = wanted.by ?? commandLine(tenantId)
    const { after, changed, missing } = changeAttributes(before, wanted)
    const invalid = changed.length === 0 ? [] : (await rulesOf(deps, tx)).check(after)
    const problems = [...missing.map(notThere), ...invalid]
    if (problems.length > 0) return { kind: 'invalid', problems }
    if (changed.length > 0)
      await write(deps, tx, { userId, attributes: after, changed, by, ...(wanted.eventOf && { eventOf: wanted.eventOf }) })
    const { isEmailVerified: isVerified } = wanted
    const isMarked = isVerified !== undefined && (await writeEmail(deps, tx, { userId, isVerified, by }))
    const others = (await wanted.also?.(tx)) ?? []
    const all = [...changed, ...(isMarked ? ['email_verified'] : []), ...others]
    if (all.length === 0) return { kind: 'unchanged' }
    await bumpUserEpoch(tenantId, tx)
    return { kind: 'done', changed: all }
  })

// in_failed_sql_transaction: PostgreSQL has refused a statement of the transaction before.
const isAborted = (error: unknown): boolean => error instanceof DatabaseUnavailable && (error.cause as { code?: unknown }).code === '25P02'

const registerWith = async (deps: ProfileDeps, registration: Registration, profile: NewProfile): Promise<Registered> => {
  const { db, tenantId } = deps
  const { userId } = registration
  try {
    return await inTransaction(db, { isIdempotent: true }, async (tx) => {
      const result = await register(tenantId, tx, registration)
      if (result.kind === 'taken') return result
      const changed = Object.keys(profile.attributes)
      const by = profile.by ?? commandLine(tenantId)
      if (changed.length > 0) await write(deps, tx, { userId, attributes: profile.attributes, changed, by })
      if (profile.isEmailVerified) await writeEmail(deps, tx, { userId, isVerified: true, by })
      return result
    })
  } catch (error) {
    // A name that somebody took meanwhile has undone the transaction: which one it was can be read outside it alone.
    const which = isAborted(error) ? await findTaken(tenantId, db, registration) : undefined
    if (which === undefined) throw error
    return { kind: 'taken', which }
  }
}

const revokeConsent = (deps: ProfileDeps, consent: ConsentReference): Promise<ConsentRevocation> =>
  inTransaction(deps.db, { isIdempotent: true }, async (tx) => {
    const { tenantId, record } = deps
    const hadConsent = await deleteConsent(tenantId, tx, consent)
    const grantsEnded = await revokeGrantsOf(tenantId, tx, consent)
    if (hadConsent || grantsEnded > 0)
      await record(tx, makeEvent({ tenantId, type: 'consent.revoked', ...consent, payload: { via: 'cli' } }))
    return { hadConsent, grantsEnded }
  })

/** What an operator does with what is known of people and with what they allowed; each change commits together with its event. */
export const createProfileAdmin = (deps: ProfileDeps): ProfileAdmin => ({
  read: (userId) => readProfile(deps.tenantId, deps.db, userId),
  check: async (attributes) => (await rulesOf(deps, deps.db)).check(attributes),
  change: (userId, wanted) => change(deps, userId, wanted),
  register: (registration, profile) => registerWith(deps, registration, profile),
  consents: (userId) => listConsents(deps.tenantId, deps.db, userId),
  revokeConsent: (consent) => revokeConsent(deps, consent),
})
