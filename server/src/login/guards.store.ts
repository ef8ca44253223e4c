import { useProof } from '../credentials/email-code/email-code.ts'
import { passkeyStore } from '../credentials/passkey/passkey.ts'
import { type EventRow, eventsParameter, insertEvents } from '../events/events.ts'
import { invitationStore, readInvitationLink } from '../users/users.ts'
import type { Guard } from './guarded-registration.store.ts'

/** How long after the proof of an address the account may be made. */
const proofLifeSeconds = 1800

/** An account that rests on the proof of its address. */
export const proofGuard = (tenantId: string, proofId: string): Guard => ({
  spend: (tx, { email }) =>
    useProof(tenantId, tx, { id: proofId, purpose: 'sign-up', address: email.canonical, withinSeconds: proofLifeSeconds }),
})

type Acceptance = { readonly token: string; readonly eventOf: (userId: string) => EventRow }

/** An account that rests on an invitation of its address. */
export const invitationGuard = (tenantId: string, { token, eventOf }: Acceptance): Guard => ({
  spend: async (tx, { userId, email }) => {
    const link = readInvitationLink(token)
    return link !== undefined && invitationStore(tx).spend(tenantId, { ...link, email, userId })
  },
  finish: async (tx, { userId }) => {
    await tx.text(`with noted as (${insertEvents('$1')}) select 1`, [eventsParameter(eventOf(userId))])
  },
})

/** The passkey of a new account could not be kept: nothing was written. */
export class PasskeyRefused extends Error {}

/** The same account, with a passkey in the place of a password. */
export const withPasskey = ({ spend, finish }: Guard, passkey: Parameters<ReturnType<typeof passkeyStore>['add']>[1]): Guard => ({
  spend,
  finish: async (tx, account) => {
    await finish?.(tx, account)
    const tenantId = passkey.event.tenant_id
    if ((await passkeyStore(tx).add(tenantId, passkey)) !== 'added') throw new PasskeyRefused()
  },
})
