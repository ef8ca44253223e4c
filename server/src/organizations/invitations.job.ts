import { inTransaction, type Tx } from '../db/database.ts'
import { insertMessages, type Messenger, messagesParameter } from '../mail/mail.ts'
import { newId } from '../platform/ids.ts'
import { type Identifier, registrationStore } from '../users/users.ts'
import { takeOwnInvitation } from './acceptance.store.ts'
import { makeOrganizationLink } from './invitation-link.ts'
import { findInvitation, insertInvitation, listInvitations, listReceived, renewInvitation, revokeInvitation } from './invitations.store.ts'
import { checkRoles } from './members.job.ts'
import { findMember } from './members.store.ts'
import type { Acting, Done, OrganizationDeps } from './organizations.job.ts'
import { lockOrganization, type OrganizationRow } from './organizations.store.ts'
import type { Refusal } from './refusal.ts'

export type { InvitationRow, ReceivedInvitation } from './invitations.store.ts'

export type InvitationDeps = OrganizationDeps & { readonly issuer: string; readonly messenger: Messenger }

/** `lifeSeconds` are whole days, of which the mail tells the number. */
export type NewInvitation = {
  readonly organizationId: string
  readonly email: Identifier
  readonly roles: readonly string[]
  readonly language: string
  readonly lifeSeconds: number
  readonly printsLink: boolean
}

/** `link` opens the invitation as well as the one in the mail, and proves no address: it is shown once, and kept nowhere. */
type Sent = { readonly kind: 'sent'; readonly id: string; readonly link: string | undefined }
type Which = { readonly organizationId: string; readonly id: string }

const daySeconds = 86_400

const drawLinks = (issuer: string, id: string, printsLink: boolean) => {
  const [mailed, printed] = [makeOrganizationLink(id), printsLink ? makeOrganizationLink(id) : undefined]
  const address = (text: string): string => `${issuer}/invitation?token=${text}`
  return {
    hashes: { mailed: mailed.hash, printed: printed?.hash },
    mailed: address(mailed.text),
    printed: printed && address(printed.text),
  }
}

type Letter = {
  readonly to: string
  readonly language: string
  readonly lifeSeconds: number
  readonly link: string
  readonly organization: string
}

const write = async (
  { tenantId, messenger }: InvitationDeps,
  tx: Tx,
  { to, language, lifeSeconds, link, organization }: Letter,
): Promise<void> => {
  const words = { link, organization, days: String(Math.floor(lifeSeconds / daySeconds)) }
  const message = messenger({
    ...{ tenantId, channel: 'email', template: 'organization-invitation', language, recipient: to, lifeSeconds, words },
  })
  await tx.text(`with sent as (${insertMessages('$1')}) select 1`, [messagesParameter(message)])
}

/** The organization, locked, where it takes invitations. */
const active = async (
  tenantId: string,
  tx: Tx,
  id: string,
): Promise<Refusal | { readonly kind: 'found'; readonly row: OrganizationRow }> => {
  const row = await lockOrganization(tenantId, tx, id)
  if (row === undefined) return { kind: 'gone' }
  return row.status === 'active' ? { kind: 'found', row } : { kind: 'suspended' }
}

const isMember = async (tenantId: string, tx: Tx, { organizationId, email }: Pick<NewInvitation, 'organizationId' | 'email'>) => {
  const userId = await registrationStore(tx).findOwner(tenantId, email)
  return userId !== undefined && (await findMember(tenantId, tx, { organizationId, userId })) !== undefined
}

const invite = (deps: InvitationDeps, acting: Acting, invitation: NewInvitation): Promise<Sent | Refusal> =>
  inTransaction(deps.db, { isIdempotent: true }, async (tx) => {
    const { tenantId, issuer, record } = deps
    const { organizationId, email, roles, language, lifeSeconds } = invitation
    const found = await active(tenantId, tx, organizationId)
    if (found.kind !== 'found') return found
    const refused = await checkRoles(tenantId, tx, { roles, permissions: acting.permissions })
    if (refused !== undefined) return refused
    // Members are seen by whoever invites. Whether others have an account is not told.
    if (await isMember(tenantId, tx, invitation)) return { kind: 'member-already' }
    const id = newId()
    const { hashes, mailed: link, printed } = drawLinks(issuer, id, invitation.printsLink)
    if (!(await insertInvitation(tenantId, tx, { id, organizationId, email, roles, language, hashes, lifeSeconds })))
      return { kind: 'invited-already' }
    await write(deps, tx, { to: email.written, language, lifeSeconds, link, organization: found.row.name })
    const payload = { organization: organizationId, invitation: id, roles }
    await record(tx, acting.events.make({ type: 'organization_invitation.sent', payload }))
    return { kind: 'sent', id, link: printed }
  })

// Nobody renews or takes back what they could not have given.
const known = async (
  { tenantId }: InvitationDeps,
  tx: Tx,
  { acting, which }: { acting: Acting; which: Which },
): Promise<Refusal | { readonly kind: 'found'; readonly row: OrganizationRow }> => {
  const found = await active(tenantId, tx, which.organizationId)
  if (found.kind !== 'found') return found
  const invitation = await findInvitation(tenantId, tx, which)
  if (invitation === undefined) return { kind: 'gone' }
  if (invitation.status === 'accepted' || invitation.status === 'revoked') return { kind: 'ended' }
  return (await checkRoles(tenantId, tx, { roles: invitation.roles, permissions: acting.permissions })) ?? found
}

type Again = Which & { readonly printsLink: boolean }

const resend = (deps: InvitationDeps, acting: Acting, { printsLink, ...which }: Again): Promise<Sent | Refusal> =>
  inTransaction(deps.db, { isIdempotent: true }, async (tx) => {
    const { tenantId, issuer, record } = deps
    const found = await known(deps, tx, { acting, which })
    if (found.kind !== 'found') return found
    const { hashes, mailed: link, printed } = drawLinks(issuer, which.id, printsLink)
    const renewed = await renewInvitation(tenantId, tx, { ...which, hashes })
    if (renewed === undefined) return { kind: 'ended' }
    const { email: to, language, life_seconds: lifeSeconds } = renewed
    await write(deps, tx, { to, language, lifeSeconds, link, organization: found.row.name })
    const payload = { organization: which.organizationId, invitation: which.id }
    await record(tx, acting.events.make({ type: 'organization_invitation.resent', payload }))
    return { kind: 'sent', id: which.id, link: printed }
  })

const revoke = (deps: InvitationDeps, acting: Acting, which: Which): Promise<Done | Refusal> =>
  inTransaction(deps.db, { isIdempotent: true }, async (tx) => {
    const { tenantId, record } = deps
    const found = await known(deps, tx, { acting, which })
    if (found.kind !== 'found') return found
    if (!(await revokeInvitation(tenantId, tx, which))) return { kind: 'ended' }
    const payload = { organization: which.organizationId, invitation: which.id }
    await record(tx, acting.events.make({ type: 'organization_invitation.revoked', payload }))
    return { kind: 'done' }
  })

type Accepting = { readonly id: string; readonly userId: string }

const accept = async (
  { db, tenantId }: InvitationDeps,
  events: Acting['events'],
  accepting: Accepting,
): Promise<{ readonly kind: 'accepted'; readonly organizationId: string } | Refusal> => {
  const invitation = await takeOwnInvitation(tenantId, db, { ...accepting, events })
  return invitation === undefined ? { kind: 'gone' } : { kind: 'accepted', organizationId: invitation.organization_id }
}

/** Invitations to organizations: each change commits together with its mail and its event. */
export const createOrganizationInvitations = (deps: InvitationDeps) => {
  const { db, tenantId } = deps
  return {
    list: (page: { organizationId: string; before: string; limit: number }) => listInvitations(tenantId, db, page),
    find: (which: Which) => findInvitation(tenantId, db, which),
    invite: (acting: Acting, invitation: NewInvitation) => invite(deps, acting, invitation),
    resend: (acting: Acting, again: Again) => resend(deps, acting, again),
    revoke: (acting: Acting, which: Which) => revoke(deps, acting, which),
    /** Those that wait for a person, by the addresses that are proved. */
    received: (userId: string) => listReceived(tenantId, db, userId),
    accept: (events: Acting['events'], accepting: Accepting) => accept(deps, events, accepting),
  }
}

export type OrganizationInvitations = ReturnType<typeof createOrganizationInvitations>
