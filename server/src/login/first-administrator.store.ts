import { kinds, makeProof, readLink } from '../credentials/email-code/email-code.ts'
import type { Sql } from '../db/database.ts'
import { type EventRow, eventsParameter, insertEvents } from '../events/events.ts'
import { newId } from '../platform/ids.ts'
import type { Guard } from './guarded-registration.store.ts'

const purpose = 'first-administrator'
const hasNoOwner = `not exists (select from role_assignments where tenant_id = $1 and role = 'owner')`

/** A new link that claims the first administrator, in place of the one before; undefined where there is an owner already. */
export const issueClaim = async (tenantId: string, sql: Sql): Promise<string | undefined> => {
  const id = newId()
  const { link, linkHash } = makeProof(Buffer.alloc(0), id, purpose)
  const rows = await sql.text(
    `with ended as (update proofs set spent_at = now() where tenant_id = $1 and purpose = '${purpose}' and spent_at is null and ${hasNoOwner})
     insert into proofs (tenant_id, id, purpose, channel, address, link_hash, expires_at)
     select $1, $2, '${purpose}', 'terminal', '', $3, now() + make_interval(secs => $4) where ${hasNoOwner} returning id`,
    [tenantId, id, linkHash, kinds[purpose].lifeSeconds],
  )
  return rows.length > 0 ? link : undefined
}

/** Whether the link can still be used; looking at it changes nothing. */
export const isClaimOpen = async (tenantId: string, sql: Sql, token: string): Promise<boolean> => {
  const handle = readLink(token)
  if (handle === undefined) return false
  const rows = await sql.text(
    `select 1 from proofs where tenant_id = $1 and id = $2 and purpose = '${purpose}' and link_hash = $3 and spent_at is null
       and expires_at > now() and ${hasNoOwner}`,
    [tenantId, handle.id, handle.hash],
  )
  return rows.length > 0
}

type Claim = { readonly token: string; readonly eventOf: (userId: string) => EventRow }

/** What makes the new account the owner: link, account and role in one transaction, once and never again. */
export const claimGuard = (tenantId: string, { token, eventOf }: Claim): Guard => {
  const handle = readLink(token)
  return {
    spend: async (tx) => {
      // The lock makes two claims at once one after the other, though their links differ.
      await tx.text(`select pg_advisory_xact_lock(hashtextextended('first administrator ' || $1, 0))`, [tenantId])
      const spent = await tx.text(
        `update proofs set spent_at = now() where tenant_id = $1 and id = $2 and purpose = '${purpose}' and link_hash = $3
           and spent_at is null and expires_at > now() and ${hasNoOwner} returning id`,
        [tenantId, handle?.id ?? null, handle?.hash ?? null],
      )
      return spent.length > 0
    },
    finish: async (tx, { userId }) => {
      await tx.text(
        `with noted as (${insertEvents('$3')}) insert into role_assignments (tenant_id, user_id, role) values ($1, $2, 'owner')`,
        [tenantId, userId, eventsParameter(eventOf(userId))],
      )
    },
  }
}
