import { type Database, inTransaction, type Sql, type Tx } from '../db/database.ts'
import { type EventMaker, eventsParameter, insertEvents } from '../events/events.ts'
import type { Identifier, OpenInvitation } from '../users/users.ts'
import { readOrganizationLink } from './invitation-link.ts'
import { peekInvitation, type Spent, spendInvitation, spendOwnInvitation } from './invitations.store.ts'
import { insertMember } from './members.store.ts'

/** Writes what an invitation that was just used up gives. Whoever is a member already stays as they are. */
export const joinByInvitation = async (
  tenantId: string,
  tx: Tx,
  { invitation, userId, events }: { invitation: Spent; userId: string; events: Pick<EventMaker, 'make'> },
): Promise<void> => {
  const { id, organization_id: organization, roles } = invitation
  const isNew = await insertMember(tenantId, tx, { organizationId: organization, userId, roles })
  const accepted = events.make({ type: 'organization_invitation.accepted', userId, payload: { organization, invitation: id } })
  const added = () => events.make({ type: 'organization_member.added', userId, payload: { organization, roles, via: 'invitation' } })
  await tx.text(`with noted as (${insertEvents('$1')}) select 1`, [eventsParameter(accepted, ...(isNew ? [added()] : []))])
}

type Accepting = { readonly id: string; readonly userId: string; readonly events: Pick<EventMaker, 'make'> }

/** Uses an invitation up for somebody who has an account, and writes the membership; undefined where it is not live, or of another address. */
export const takeOwnInvitation = (tenantId: string, db: Database, { id, userId, events }: Accepting): Promise<Spent | undefined> =>
  inTransaction(db, { isIdempotent: true }, async (tx) => {
    const invitation = await spendOwnInvitation(tenantId, tx, { id, userId })
    if (invitation !== undefined) await joinByInvitation(tenantId, tx, { invitation, userId, events })
    return invitation
  })

/** The same as yes or no. */
export const acceptOwnInvitation = async (tenantId: string, db: Database, accepting: Accepting): Promise<boolean> =>
  (await takeOwnInvitation(tenantId, db, accepting)) !== undefined

/** The invitation behind a link, with the name of the organization; looking spends nothing. */
export const openOrganizationInvitation = async (tenantId: string, sql: Sql, token: string): Promise<OpenInvitation | undefined> => {
  const link = readOrganizationLink(token)
  const row = link && (await peekInvitation(tenantId, sql, link))
  if (row === undefined) return undefined
  const { id, email, organization, organization_id: organizationId, is_mailed: isMailed } = row
  return { id, email, username: undefined, isMailed, organization, organizationId }
}

type Registration = { readonly userId: string; readonly email: Identifier }

/** An account that rests on an invitation of its address to an organization: used up, written and joined together, or not at all. */
export const organizationInvitationGuard = (
  tenantId: string,
  { token, events }: { readonly token: string; readonly events: Pick<EventMaker, 'make'> },
) => {
  let invitation: Spent | undefined
  return {
    spend: async (tx: Tx, { userId, email }: Registration): Promise<boolean> => {
      const link = readOrganizationLink(token)
      invitation = link && (await spendInvitation(tenantId, tx, { ...link, email, userId }))
      return invitation !== undefined
    },
    finish: async (tx: Tx, { userId }: Registration): Promise<void> => {
      if (invitation !== undefined) await joinByInvitation(tenantId, tx, { invitation, userId, events })
    },
  }
}
