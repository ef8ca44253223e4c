import { prepared, type Sql, type Tx } from '../db/database.ts'
import type { Identifier } from './identifiers.ts'

/** `email` as the operator wrote it; `status` by the clock of the database. */
export type InvitationRow = {
  readonly id: string
  readonly email: string
  readonly username: string | null
  readonly status: 'pending' | 'accepted' | 'revoked' | 'expired'
  readonly created_at: Date
  readonly sent_at: Date
  readonly expires_at: Date
  readonly user_number: number | null
}

const columns = `i.id, i.written as email, i.username, i.created_at, i.sent_at, i.expires_at, u.number as user_number,
  case when i.accepted_at is not null then 'accepted' when i.expires_at <= coalesce(i.revoked_at, now()) then 'expired'
    when i.revoked_at is not null then 'revoked' else 'pending' end as status`
const joined = 'invitations i left join users u on u.tenant_id = i.tenant_id and u.id = i.user_id'

const isOpen = 'accepted_at is null and revoked_at is null'

/** Of the link in the mail, and of the one that the operator is shown. */
export type LinkHashes = { readonly mailed: Uint8Array; readonly printed: Uint8Array | undefined }

export type NewInvitation = {
  readonly id: string
  readonly email: Identifier
  readonly username: string | undefined
  readonly language: string
  readonly hashes: LinkHashes
  readonly lifeSeconds: number
}

/** Writes an invitation; false where a live one of the address stands. One that has expired makes room. */
export const insertInvitation = async (tenantId: string, tx: Tx, invitation: NewInvitation): Promise<boolean> => {
  const { id, email, username, language, hashes, lifeSeconds } = invitation
  // A statement of its own: the unique index must see the room.
  await tx.text(`update invitations set revoked_at = now() where tenant_id = $1 and email = $2 and ${isOpen} and expires_at <= now()`, [
    tenantId,
    email.canonical,
  ])
  const rows = await tx.text(
    `insert into invitations (tenant_id, id, email, written, username, language, mailed_hash, printed_hash, life_seconds, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::integer, now() + make_interval(secs => $9::integer))
     on conflict (tenant_id, email) where ${isOpen} do nothing returning id`,
    [tenantId, id, email.canonical, email.written, username ?? null, language, hashes.mailed, hashes.printed ?? null, lifeSeconds],
  )
  return rows.length > 0
}

type Renewed = { readonly email: string; readonly language: string; readonly life_seconds: number }

/** New secrets and a new life in place of those before; undefined where it was accepted or revoked. One that expired is good again. */
export const renewInvitation = async (
  tenantId: string,
  tx: Tx,
  input: { id: string; hashes: LinkHashes },
): Promise<Renewed | undefined> => {
  const [row] = await tx.text<Renewed>(
    `update invitations set mailed_hash = $3, printed_hash = $4, sent_at = now(), expires_at = now() + make_interval(secs => life_seconds)
     where tenant_id = $1 and id = $2 and ${isOpen} returning written as email, language, life_seconds`,
    [tenantId, input.id, input.hashes.mailed, input.hashes.printed ?? null],
  )
  return row
}

/** False where it was accepted, revoked or has expired. */
export const revokeInvitation = async (tenantId: string, tx: Tx, id: string): Promise<boolean> =>
  (
    await tx.text(
      `update invitations set revoked_at = now() where tenant_id = $1 and id = $2 and ${isOpen} and expires_at > now() returning id`,
      [tenantId, id],
    )
  ).length > 0

export const listInvitations = (
  tenantId: string,
  sql: Sql,
  { status, limit }: { status: InvitationRow['status'] | undefined; limit: number },
): Promise<InvitationRow[]> =>
  sql.text(
    `select * from (select ${columns} from ${joined} where i.tenant_id = $1) all_of_them
     where $2::text is null or status = $2 order by created_at desc, id desc limit $3`,
    [tenantId, status ?? null, limit],
  )

/** The newest invitation of an address, or the one with the id. */
export const findInvitation = async (
  tenantId: string,
  sql: Sql,
  by: { readonly id: string } | { readonly email: Identifier },
): Promise<InvitationRow | undefined> => {
  const [column, value] = 'id' in by ? ['id', by.id] : ['email', by.email.canonical]
  const [row] = await sql.text<InvitationRow>(
    `select ${columns} from ${joined} where i.tenant_id = $1 and i.${column} = $2 order by i.created_at desc, i.id desc limit 1`,
    [tenantId, value],
  )
  return row
}

/** An invitation whose link is live: who was invited. */
export type OpenInvitation = {
  readonly id: string
  readonly email: string
  readonly username: string | undefined
  /** Whether the link is the one of the mail, so that whoever has it reads the address. */
  readonly isMailed: boolean
  /** What it lets the person join besides; absent where it is for an account alone. */
  readonly organization?: string
  readonly organizationId?: string
}

const live = `tenant_id = $1 and id = $2 and $3 in (mailed_hash, printed_hash) and ${isOpen} and expires_at > now()`

const peek = prepared<{ id: string; email: string; username: string | null; is_mailed: boolean }>(
  'users.peek-invitation',
  `select id, written as email, username, mailed_hash = $3 as is_mailed from invitations where ${live}`,
)

// The one statement that uses it up: whoever comes second finds nothing.
const spend = prepared<{ id: string }>(
  'users.spend-invitation',
  `update invitations set accepted_at = now(), user_id = $5 where ${live} and email = $4 returning id`,
)

type Link = { readonly id: string; readonly hash: Uint8Array }

/** Invitations as whoever holds the link meets them. */
export const invitationStore = (sql: Sql) => ({
  /** Looks without spending anything. */
  peek: async (tenantId: string, { id, hash }: Link): Promise<OpenInvitation | undefined> => {
    const [row] = await sql.run(peek, [tenantId, id, hash])
    return row && { id: row.id, email: row.email, username: row.username ?? undefined, isMailed: row.is_mailed }
  },
  /** Uses it up for the account that the same transaction writes; false where it is not live any more, or of another address. */
  spend: async (tenantId: string, { id, hash, email, userId }: Link & { email: Identifier; userId: string }): Promise<boolean> =>
    (await sql.run(spend, [tenantId, id, hash, email.canonical, userId])).length > 0,
})

export type InvitationStore = ReturnType<typeof invitationStore>

/** Invitations that nobody accepted go, three months after they ended. */
export const removeOldInvitations = async (sql: Sql): Promise<void> => {
  await sql.text(`delete from invitations where accepted_at is null and expires_at < now() - interval '90 days'`)
}
