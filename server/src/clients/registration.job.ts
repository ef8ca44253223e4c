import type { Sql } from '../db/database.ts'
import { type EventMaker, makeEvent } from '../events/events.ts'
import { newId } from '../platform/ids.ts'
import {
  deleteInitialAccessToken,
  findRegistrationPolicy,
  type InitialAccessTokenRow,
  insertInitialAccessToken,
  listInitialAccessTokens,
  saveRegistrationPolicy,
} from './registration.store.ts'
import type { RegistrationPolicy } from './registration-policy.ts'
import { makeRegistrationToken } from './registration-token.ts'

export type { InitialAccessTokenRow } from './registration.store.ts'
export type { RegistrationPolicy } from './registration-policy.ts'

export type TokenRequest = {
  readonly note?: string | undefined
  readonly uses?: number | undefined
  readonly lifeSeconds?: number | undefined
}

export type RegistrationAdmin = {
  readonly policy: () => Promise<RegistrationPolicy>
  readonly setPolicy: (changes: Partial<RegistrationPolicy>) => Promise<RegistrationPolicy>
  /** `token` is readable here alone. */
  readonly createToken: (request: TokenRequest) => Promise<{ readonly id: string; readonly token: string }>
  readonly listTokens: () => Promise<InitialAccessTokenRow[]>
  readonly deleteToken: (id: string) => Promise<boolean>
}

/** What an operator decides about dynamic registration (RFC 7591 section 3). */
export const createRegistrationAdmin = ({
  db,
  tenantId,
  make = (input) => makeEvent({ ...input, tenantId }),
}: {
  readonly db: Sql
  readonly tenantId: string
  /** Makes the events of whoever asks; those of the command line where nothing is said. */
  readonly make?: EventMaker['make'] | undefined
}): RegistrationAdmin => ({
  policy: () => findRegistrationPolicy(tenantId, db),
  setPolicy: async (changes) => {
    const policy = { ...(await findRegistrationPolicy(tenantId, db)), ...changes }
    const event = make({ type: 'registration.changed', payload: { mode: policy.mode } })
    await saveRegistrationPolicy(tenantId, db, { policy, event })
    return policy
  },
  createToken: async ({ note, uses, lifeSeconds }) => {
    const id = newId()
    const { text, hash } = makeRegistrationToken('cip_it_')
    const event = make({ type: 'initial_access_token.created', payload: { uses: uses ?? 0 } })
    await insertInitialAccessToken(tenantId, db, { id, hash, note, uses, lifeSeconds, event })
    return { id, token: text }
  },
  listTokens: () => listInitialAccessTokens(tenantId, db),
  deleteToken: (id) => deleteInitialAccessToken(tenantId, db, { id, event: make({ type: 'initial_access_token.deleted', payload: {} }) }),
})
