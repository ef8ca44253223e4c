import { type Database, inTransaction, type Tx } from '../db/database.ts'
import { type EventRow, type EventType, makeEvent } from '../events/events.ts'
import { insertMessages, type Messenger, messagesParameter } from '../mail/mail.ts'
import { newId } from '../platform/ids.ts'
import type { Identifier } from './identifiers.ts'
import { makeInvitationLink } from './invitation-link.ts'
import {
  findInvitation,
  type InvitationRow,
  insertInvitation,
  listInvitations,
  renewInvitation,
  revokeInvitation,
} from './invitations.store.ts'
import { findOwner } from './registration.store.ts'

export type { InvitationRow } from './invitations.store.ts'

export type InvitationAdminDeps = {
  readonly db: Database
  readonly tenantId: string
  readonly issuer: string
  readonly messenger: Messenger
  readonly record: (tx: Tx, ...events: readonly EventRow[]) => Promise<void>
}

/** `lifeSeconds` are whole days, of which the mail tells the number. */
export type Invitation = {
  readonly email: Identifier
  readonly username?: string | undefined
  readonly language: string
  readonly lifeSeconds: number
}

/** `link` opens the invitation as well as the one in the mail, and proves no address: it is shown to whoever asks for it, and kept nowhere. */
type Sent = { readonly kind: 'sent'; readonly id: string; readonly link: string | undefined }

type Printing = { readonly printsLink: boolean }

export type InvitationAdmin = {
  readonly invite: (invitation: Invitation, printing: Printing) => Promise<Sent | { readonly kind: 'has-account' | 'invited-already' }>
  /** Sends a new link; those before are dead from then on. */
  readonly resend: (id: string, printing: Printing) => Promise<Sent | { readonly kind: 'ended' }>
  readonly revoke: (id: string) => Promise<boolean>
  readonly list: (search: { status: InvitationRow['status'] | undefined; limit: number }) => Promise<InvitationRow[]>
  readonly find: (by: { readonly id: string } | { readonly email: Identifier }) => Promise<InvitationRow | undefined>
}

const daySeconds = 86_400

const drawLinks = (issuer: string, id: string, { printsLink }: Printing) => {
  const [mailed, printed] = [makeInvitationLink(id), printsLink ? makeInvitationLink(id) : undefined]
  const address = (text: string): string => `${issuer}/invitation?token=${text}`
  return {
    hashes: { mailed: mailed.hash, printed: printed?.hash },
    mailed: address(mailed.text),
    printed: printed && address(printed.text),
  }
}

type Letter = { readonly to: string; readonly language: string; readonly lifeSeconds: number; readonly link: string }

const write = async (
  { tenantId, messenger, record }: InvitationAdminDeps,
  tx: Tx,
  { to, language, lifeSeconds, link, event }: Letter & { readonly event: EventRow },
): Promise<void> => {
  const days = String(Math.floor(lifeSeconds / daySeconds))
  const message = messenger({
    ...{ tenantId, channel: 'email', template: 'invitation', language, recipient: to, lifeSeconds, words: { link, days } },
  })
  await tx.text(`with sent as (${insertMessages('$1')}) select 1`, [messagesParameter(message)])
  await record(tx, event)
}

type InvitationEvent = Extract<EventType, 'user.invited' | 'invitation.resent' | 'invitation.revoked'>

const eventOf = ({ tenantId }: InvitationAdminDeps, type: InvitationEvent, invitation: string): EventRow =>
  makeEvent({ tenantId, type, payload: { invitation, via: 'cli' } })

const invite = (
  deps: InvitationAdminDeps,
  { email, username, language, lifeSeconds }: Invitation,
  printing: Printing,
): ReturnType<InvitationAdmin['invite']> =>
  inTransaction(deps.db, { isIdempotent: true }, async (tx) => {
    const { tenantId, issuer } = deps
    if ((await findOwner(tenantId, tx, email)) !== undefined) return { kind: 'has-account' }
    const id = newId()
    const { hashes, mailed: link, printed } = drawLinks(issuer, id, printing)
    if (!(await insertInvitation(tenantId, tx, { id, email, username, language, hashes, lifeSeconds }))) return { kind: 'invited-already' }
    await write(deps, tx, { to: email.written, language, lifeSeconds, link, event: eventOf(deps, 'user.invited', id) })
    return { kind: 'sent', id, link: printed }
  })

const resend = (deps: InvitationAdminDeps, id: string, printing: Printing): ReturnType<InvitationAdmin['resend']> =>
  inTransaction(deps.db, { isIdempotent: true }, async (tx) => {
    const { tenantId, issuer } = deps
    const { hashes, mailed: link, printed } = drawLinks(issuer, id, printing)
    const renewed = await renewInvitation(tenantId, tx, { id, hashes })
    if (renewed === undefined) return { kind: 'ended' }
    const { email: to, language, life_seconds: lifeSeconds } = renewed
    await write(deps, tx, { to, language, lifeSeconds, link, event: eventOf(deps, 'invitation.resent', id) })
    return { kind: 'sent', id, link: printed }
  })

const revoke = (deps: InvitationAdminDeps, id: string): Promise<boolean> =>
  inTransaction(deps.db, { isIdempotent: true }, async (tx) => {
    if (!(await revokeInvitation(deps.tenantId, tx, id))) return false
    await deps.record(tx, eventOf(deps, 'invitation.revoked', id))
    return true
  })

/** What an operator does with invitations: each change commits together with its mail and its event. */
export const createInvitationAdmin = (deps: InvitationAdminDeps): InvitationAdmin => ({
  invite: (invitation, printing) => invite(deps, invitation, printing),
  resend: (id, printing) => resend(deps, id, printing),
  revoke: (id) => revoke(deps, id),
  list: (search) => listInvitations(deps.tenantId, deps.db, search),
  find: (by) => findInvitation(deps.tenantId, deps.db, by),
})
