import { insertProofs, proofsParameter } from '../credentials/email-code/email-code.ts'
import { type Database, inTransaction, type Tx } from '../db/database.ts'
import { violatedUnique } from '../db/errors.ts'
import { type EventMaker, type EventRow, eventsParameter, insertEvents } from '../events/events.ts'
import { insertMessages, messagesParameter } from '../mail/mail.ts'
import type { Notice } from './new-session.ts'

export type AccountChangesDeps = {
  readonly db: Database
  /** Ends every session of the person but `except`, and every grant that does not belong to that one; the ids of the sessions. */
  readonly endSessions: (
    tenantId: string,
    tx: Tx,
    input: { userId: string; reason: string; except?: string | undefined },
  ) => Promise<readonly string[]>
}

type Whose = { readonly userId: string; readonly events: EventMaker }
type EndReason = 'password-set' | 'user-frozen' | 'email-restored'

const write = async (tx: Tx, { events, notice }: { events: readonly EventRow[]; notice?: Notice }): Promise<void> => {
  await tx.text(`with noted as (${insertEvents('$1')}), sent as (${insertMessages('$2')}), proved as (${insertProofs('$3')}) select 1`, [
    eventsParameter(...events),
    messagesParameter(...(notice?.messages ?? [])),
    proofsParameter(...(notice?.proofs ?? [])),
  ])
}

/** Stops sign-ins that are under way; false where the account is not active, or has moved on since `generation`. */
const moveOn = async (tenantId: string, tx: Tx, { userId, generation }: { userId: string; generation?: number }): Promise<boolean> => {
  const rows = await tx.text(
    `insert into sign_in_states as s (tenant_id, user_id, generation)
     select tenant_id, id, 1 from users where tenant_id = $1 and id = $2 and status = 'active'
     on conflict (tenant_id, user_id) do update set generation = s.generation + 1, failures = 0, locked_until = '-infinity'
     where $3::bigint is null or s.generation = $3
     returning user_id`,
    [tenantId, userId, generation ?? null],
  )
  return rows.length > 0
}

/** Asks for the second factor in every browser again. */
export const forgetTrust = async (tenantId: string, tx: Tx, userId: string): Promise<void> => {
  await tx.text(
    'update devices set trust_hash = null, trusted_until = null where tenant_id = $1 and user_id = $2 and trust_hash is not null',
    [tenantId, userId],
  )
}

// What was trusted or under way before is worth nothing afterwards.
const closeDoors = async (tenantId: string, tx: Tx, userId: string): Promise<void> => {
  await tx.text(
    `with untrusted as (update devices set trust_hash = null, trusted_until = null where tenant_id = $1 and user_id = $2 and trust_hash is not null)
     update proofs set spent_at = now()
     where tenant_id = $1 and user_id = $2 and spent_at is null and purpose in ('sign-in', 'second-factor', 'reset', 'change-email')`,
    [tenantId, userId],
  )
}

const endAll = async (
  { endSessions }: AccountChangesDeps,
  tx: Tx,
  { tenantId, userId, reason, except, events }: Whose & { tenantId: string; reason: EndReason; except?: string | undefined },
): Promise<readonly EventRow[]> => {
  const ended = await endSessions(tenantId, tx, { userId, reason, except })
  return ended.map((sessionId) => events.make({ type: 'session.ended', userId, sessionId, payload: { reason } }))
}

export type NewPassword = Whose & {
  /** That of the account when the person was shown to be its owner. */
  readonly generation: number
  readonly encoded: string
  /** The e-mail address that was proved on the way, canonical. */
  readonly address?: string | undefined
  readonly via: 'mail' | 'account'
  /** The session in which it was changed, which goes on. */
  readonly keeps?: string | undefined
  readonly notice: Notice
}

/** Saves a password and ends every other session; the ids of those, or undefined where the account has moved on meanwhile. */
const savePassword = (
  deps: AccountChangesDeps,
  tenantId: string,
  { userId, generation, encoded, address, via, keeps, events, notice }: NewPassword,
): Promise<readonly string[] | undefined> =>
  inTransaction(deps.db, { isIdempotent: true }, async (tx) => {
    if (!(await moveOn(tenantId, tx, { userId, generation }))) return undefined
    await tx.text(
      `with proved as (
          update identifiers set verified_at = coalesce(verified_at, now())
          where tenant_id = $1 and user_id = $2 and kind = 'email' and canonical = $4)
       insert into passwords (tenant_id, user_id, encoded) values ($1, $2, $3)
       on conflict (tenant_id, user_id) do update set encoded = excluded.encoded, changed_at = now()`,
      [tenantId, userId, encoded, address ?? null],
    )
    await closeDoors(tenantId, tx, userId)
    const endings = await endAll(deps, tx, { tenantId, userId, reason: 'password-set', except: keeps, events })
    await write(tx, { events: [events.make({ type: 'password.set', userId, payload: { via } }), ...endings], notice })
    return endings.map((one) => one.session_id ?? '')
  })

/** Freezes the account: nobody signs in until an operator opens it again. The ids of the ended sessions, or undefined where it was not active. */
const freeze = (deps: AccountChangesDeps, tenantId: string, { userId, events }: Whose): Promise<readonly string[] | undefined> =>
  inTransaction(deps.db, { isIdempotent: true }, async (tx) => {
    if (!(await moveOn(tenantId, tx, { userId }))) return undefined
    const values = [tenantId, userId]
    await tx.text(`update users set status = 'frozen', updated_at = now() where tenant_id = $1 and id = $2 and status = 'active'`, values)
    await closeDoors(tenantId, tx, userId)
    const endings = await endAll(deps, tx, { tenantId, userId, reason: 'user-frozen', events })
    await write(tx, { events: [events.make({ type: 'user.frozen', userId, payload: {} }), ...endings] })
    return endings.map((one) => one.session_id ?? '')
  })

/** Marks the address as proved; false where the account has it no longer. */
const verifyEmail = (
  { db }: AccountChangesDeps,
  tenantId: string,
  { userId, address, events }: Whose & { readonly address: string },
): Promise<boolean> =>
  inTransaction(db, { isIdempotent: true }, async (tx) => {
    const rows = await tx.text(
      `with moved as (
          insert into cache_epochs as c (tenant_id, kind) values ($1, 'users')
          on conflict (tenant_id, kind) do update set version = c.version + 1, changed_at = now())
       update identifiers set verified_at = coalesce(verified_at, now())
       where tenant_id = $1 and user_id = $2 and kind = 'email' and canonical = $3 returning user_id`,
      [tenantId, userId, address],
    )
    if (rows.length > 0) await write(tx, { events: [events.make({ type: 'user.email_verified', userId, payload: { via: 'mail' } })] })
    return rows.length > 0
  })

class Taken extends Error {}

export type NewEmail = Whose & {
  readonly to: { readonly canonical: string; readonly written: string }
  readonly notice: Notice
  /** The earlier address is taken back: then every session ends. */
  readonly isUndo?: boolean
}

// False where another account has the address by now.
const replaceEmail = async (tenantId: string, tx: Tx, { userId, to }: Pick<NewEmail, 'userId' | 'to'>): Promise<boolean> => {
  const rows = await tx.text(
    `with old as (delete from identifiers where tenant_id = $1 and user_id = $2 and kind = 'email' and canonical <> $3 returning 1),
      others as (
        update proofs set spent_at = now() where tenant_id = $1 and user_id = $2 and purpose = 'change-email' and spent_at is null),
      moved as (
        insert into cache_epochs as c (tenant_id, kind) values ($1, 'users')
        on conflict (tenant_id, kind) do update set version = c.version + 1, changed_at = now())
     insert into identifiers (tenant_id, user_id, kind, canonical, written, verified_at)
     select $1, $2, 'email', $3, $4, now() from users where tenant_id = $1 and id = $2 and status = 'active'
     on conflict (tenant_id, kind, canonical) do update set verified_at = now(), written = excluded.written
     where identifiers.user_id = $2 returning user_id`,
    [tenantId, userId, to.canonical, to.written],
  )
  return rows.length > 0
}

/** Puts a proved address in the place of the present one. `taken` where another account has it by now. */
const changeEmail = async (
  deps: AccountChangesDeps,
  tenantId: string,
  { userId, to, notice, isUndo = false, events }: NewEmail,
): Promise<'changed' | 'taken' | 'gone'> => {
  try {
    return await inTransaction(deps.db, { isIdempotent: true }, async (tx) => {
      if (isUndo && !(await moveOn(tenantId, tx, { userId }))) return 'gone'
      // Thrown, so that the address that was to go stays.
      if (!(await replaceEmail(tenantId, tx, { userId, to }))) throw new Taken()
      const endings = isUndo ? await endAll(deps, tx, { tenantId, userId, reason: 'email-restored', events }) : []
      if (isUndo) await closeDoors(tenantId, tx, userId)
      const event = events.make({ type: isUndo ? 'email.restored' : 'email.changed', userId, payload: {} })
      await write(tx, { events: [event, ...endings], notice })
      return 'changed'
    })
  } catch (error) {
    if (error instanceof Taken || violatedUnique(error) !== undefined) return 'taken'
    throw error
  }
}

/** After an operator put another address in the place of the earlier one: codes and links that went there open nothing, and its reader is told. */
const settleAddress = async (tenantId: string, tx: Tx, { userId, notice }: { userId: string; notice: Notice }): Promise<void> => {
  await closeDoors(tenantId, tx, userId)
  await write(tx, { events: [], notice })
}

type TrustInput = {
  readonly userId: string
  readonly browser: Uint8Array
  readonly hash: Uint8Array
  readonly seconds: number
  readonly event: EventRow
}

/** Excuses the browser from the second factor for a while. */
const trust = async (
  { db }: AccountChangesDeps,
  tenantId: string,
  { userId, browser, hash, seconds, event }: TrustInput,
): Promise<void> => {
  await db.text(
    `with noted as (${insertEvents('$6')})
     insert into devices as d (tenant_id, user_id, browser, trust_hash, trusted_until) values ($1, $2, $3, $4, now() + make_interval(secs => $5))
     on conflict (tenant_id, user_id, browser) do update set trust_hash = excluded.trust_hash, trusted_until = excluded.trusted_until`,
    [tenantId, userId, browser, hash, seconds, eventsParameter(event)],
  )
}

/** Changes of what guards an account, each in one transaction with its events and notices. */
export const accountChanges = (deps: AccountChangesDeps) => ({
  savePassword: (tenantId: string, input: NewPassword) => savePassword(deps, tenantId, input),
  freeze: (tenantId: string, input: Whose) => freeze(deps, tenantId, input),
  verifyEmail: (tenantId: string, input: Whose & { readonly address: string }) => verifyEmail(deps, tenantId, input),
  changeEmail: (tenantId: string, input: NewEmail) => changeEmail(deps, tenantId, input),
  settleAddress,
  trust: (tenantId: string, input: TrustInput) => trust(deps, tenantId, input),
})

export type AccountChanges = ReturnType<typeof accountChanges>
