import { prepared, type Sql, type Tx } from '../db/database.ts'
import type { Identifier } from '../users/users.ts'

/** `email` as it was written; `status` by the clock of the database. */
export type InvitationRow = {
  readonly id: string
  readonly email: string
  readonly roles: readonly string[]
  readonly status: 'pending' | 'accepted' | 'revoked' | 'expired'
  readonly created_at: Date
  readonly sent_at: Date
  readonly expires_at: Date
  readonly user_id: string | null
}

const isOpen = 'i.accepted_at is null and i.revoked_at is null'
const columns = `i.id, i.written as email, i.roles, i.created_at, i.sent_at, i.expires_at, i.user_id,
  case when i.accepted_at is not null then 'accepted' when i.expires_at <= coalesce(i.revoked_at, now()) then 'expired'
    when i.revoked_at is not null then 'revoked' else 'pending' end as status`

/** Of the link in the mail, and of the one that is shown to whoever invites. */
export type LinkHashes = { readonly mailed: Uint8Array; readonly printed: Uint8Array | undefined }

type NewInvitation = {
  readonly id: string
  readonly organizationId: string
  readonly email: Identifier
  readonly roles: readonly string[]
  readonly language: string
  readonly hashes: LinkHashes
  readonly lifeSeconds: number
}

/** Writes an invitation; false where a live one of the address stands. One that has expired makes room. */
export const insertInvitation = async (tenantId: string, tx: Tx, invitation: NewInvitation): Promise<boolean> => {
  const { id, organizationId, email, roles, language, hashes, lifeSeconds } = invitation
  // A statement of its own: the unique index must see the room.
  await tx.text(
    `update organization_invitations i set revoked_at = now()
     where i.tenant_id = $1 and i.organization_id = $2 and i.email = $3 and ${isOpen} and i.expires_at <= now()`,
    [tenantId, organizationId, email.canonical],
  )
  const rows = await tx.text(
    `insert into organization_invitations
       (tenant_id, id, organization_id, email, written, roles, language, mailed_hash, printed_hash, life_seconds, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::integer, now() + make_interval(secs => $10::integer))
     on conflict (tenant_id, organization_id, email) where accepted_at is null and revoked_at is null do nothing returning id`,
    [
      ...[tenantId, id, organizationId, email.canonical, email.written, roles, language],
      ...[hashes.mailed, hashes.printed ?? null, lifeSeconds],
    ],
  )
  return rows.length > 0
}

type Which = { readonly organizationId: string; readonly id: string }

const find = prepared<InvitationRow>(
  'organizations.invitation',
  `select ${columns} from organization_invitations i where i.tenant_id = $1 and i.organization_id = $2 and i.id = $3`,
)

export const findInvitation = async (tenantId: string, sql: Sql, { organizationId, id }: Which): Promise<InvitationRow | undefined> =>
  (await sql.run(find, [tenantId, organizationId, id]))[0]

const list = prepared<InvitationRow>(
  'organizations.invitations',
  `select ${columns} from organization_invitations i where i.tenant_id = $1 and i.organization_id = $2 and i.id < $3 order by i.id desc limit $4`,
)

/** The newest first. */
export const listInvitations = (
  tenantId: string,
  sql: Sql,
  { organizationId, before, limit }: { organizationId: string; before: string; limit: number },
): Promise<InvitationRow[]> => sql.run(list, [tenantId, organizationId, before, limit])

type Renewed = { readonly email: string; readonly language: string; readonly life_seconds: number }

/** New secrets and a new life in place of those before; undefined where it was accepted or revoked. One that expired is good again. */
export const renewInvitation = async (
  tenantId: string,
  tx: Tx,
  { organizationId, id, hashes }: Which & { hashes: LinkHashes },
): Promise<Renewed | undefined> =>
  (
    await tx.text<Renewed>(
      `update organization_invitations i
       set mailed_hash = $4, printed_hash = $5, sent_at = now(), expires_at = now() + make_interval(secs => i.life_seconds)
       where i.tenant_id = $1 and i.organization_id = $2 and i.id = $3 and ${isOpen} returning i.written as email, i.language, i.life_seconds`,
      [tenantId, organizationId, id, hashes.mailed, hashes.printed ?? null],
    )
  )[0]

/** False where it was accepted or revoked; one that has expired is put away by it. */
export const revokeInvitation = async (tenantId: string, tx: Tx, { organizationId, id }: Which): Promise<boolean> =>
  (
    await tx.text(
      `update organization_invitations i set revoked_at = now()
       where i.tenant_id = $1 and i.organization_id = $2 and i.id = $3 and ${isOpen} returning i.id`,
      [tenantId, organizationId, id],
    )
  ).length > 0

const isLive = `${isOpen} and i.expires_at > now()
  and exists (select from organizations o where o.tenant_id = i.tenant_id and o.id = i.organization_id and o.status = 'active')`

/** An invitation as whoever was invited sees it. */
export type ReceivedInvitation = {
  readonly id: string
  readonly organization_id: string
  readonly name: string
  readonly slug: string
  readonly roles: readonly string[]
  readonly expires_at: Date
}

// An address counts for its owner once it is proved: an invitation of somebody else's is not there.
const isOwn = (user: string): string =>
  `exists (select from identifiers a join users u on u.tenant_id = a.tenant_id and u.id = a.user_id and u.status = 'active'
     where a.tenant_id = i.tenant_id and a.user_id = ${user} and a.kind = 'email' and a.canonical = i.email and a.verified_at is not null)`

const received = prepared<ReceivedInvitation>(
  'organizations.received-invitations',
  `select i.id, i.organization_id, o.name, o.slug, i.roles, i.expires_at from identifiers a
   join organization_invitations i on i.tenant_id = a.tenant_id and i.email = a.canonical and ${isLive}
   join organizations o on o.tenant_id = i.tenant_id and o.id = i.organization_id
   where a.tenant_id = $1 and a.user_id = $2 and a.kind = 'email' and a.verified_at is not null order by i.id desc limit 50`,
)

export const listReceived = (tenantId: string, sql: Sql, userId: string): Promise<ReceivedInvitation[]> =>
  sql.run(received, [tenantId, userId])

export type Spent = { readonly id: string; readonly organization_id: string; readonly roles: readonly string[] }
const spent = 'i.id, i.organization_id, i.roles'

// The statements that use one up: whoever comes second finds nothing.
const spendOwn = prepared<Spent>(
  'organizations.spend-own-invitation',
  `update organization_invitations i set accepted_at = now(), user_id = $3
   where i.tenant_id = $1 and i.id = $2 and ${isLive} and ${isOwn('$3')} returning ${spent}`,
)
const hasLink = 'i.tenant_id = $1 and i.id = $2 and $3 in (i.mailed_hash, i.printed_hash)'
const spendLink = prepared<Spent>(
  'organizations.spend-invitation',
  `update organization_invitations i set accepted_at = now(), user_id = $5 where ${hasLink} and ${isLive} and i.email = $4 returning ${spent}`,
)

type Peeked = { id: string; email: string; organization: string; organization_id: string; is_mailed: boolean }

const peek = prepared<Peeked>(
  'organizations.peek-invitation',
  `select i.id, i.written as email, o.name as organization, o.id as organization_id, i.mailed_hash = $3 as is_mailed from organization_invitations i
   join organizations o on o.tenant_id = i.tenant_id and o.id = i.organization_id where ${hasLink} and ${isLive}`,
)

const invitedPerson = prepared<{ user_id: string }>(
  'organizations.invited-person',
  `select p.id as user_id from organization_invitations i cross join unnest($3::uuid[]) as p(id)
   where i.tenant_id = $1 and i.id = $2 and ${isLive} and ${isOwn('p.id')} limit 1`,
)

/** Whose proved address the invitation is of, among these people. */
export const findInvitedPerson = async (
  tenantId: string,
  sql: Sql,
  { id, userIds }: { id: string; userIds: readonly string[] },
): Promise<string | undefined> => (await sql.run(invitedPerson, [tenantId, id, userIds]))[0]?.user_id

export type Link = { readonly id: string; readonly hash: Uint8Array }

/** Looks without spending anything. */
export const peekInvitation = async (tenantId: string, sql: Sql, { id, hash }: Link) => (await sql.run(peek, [tenantId, id, hash]))[0]

/** Uses it up for a person whose proved address it is of; undefined where it is not live, or of another address. */
export const spendOwnInvitation = async (
  tenantId: string,
  tx: Tx,
  { id, userId }: { id: string; userId: string },
): Promise<Spent | undefined> => (await tx.run(spendOwn, [tenantId, id, userId]))[0]

/** Uses it up for the account that the same transaction writes. */
export const spendInvitation = async (
  tenantId: string,
  tx: Tx,
  { id, hash, email, userId }: Link & { email: Identifier; userId: string },
): Promise<Spent | undefined> => (await tx.run(spendLink, [tenantId, id, hash, email.canonical, userId]))[0]

/** Invitations that nobody accepted go, three months after they ended. */
export const removeOldOrganizationInvitations = async (sql: Sql): Promise<void> => {
  await sql.text(`delete from organization_invitations where accepted_at is null and expires_at < now() - interval '90 days'`)
}
