import type { Database } from '../db/database.ts'
import { makeEvent } from '../events/events.ts'
import { accessStore } from './access.store.ts'
import { lacking } from './lacking.ts'
import { makePersonalToken } from './personal-token.ts'
import { insertToken, listTokens, removeToken, type TokenRow, tokensMax } from './personal-tokens.store.ts'
import { permissionsOf } from './roles.ts'

export type TokenInput = { readonly userId: string; readonly name: string; readonly permissions: readonly string[]; readonly days: number }
export type TokenOutcome =
  | { readonly kind: 'made'; readonly token: TokenRow; readonly text: string }
  | { readonly kind: 'lacking'; readonly permissions: readonly string[] }
  | { readonly kind: 'too-many'; readonly max: number }
  | { readonly kind: 'gone' }

/** Personal access tokens as an operator makes them for a person: never wider than the person. */
export const createTokenAdmin = (db: Database, tenantId: string) => ({
  list: (userId: string) => listTokens(tenantId, db, userId),
  make: async ({ userId, name, permissions, days }: TokenInput): Promise<TokenOutcome> => {
    const roles = await accessStore(db).rolesOfUser(tenantId, userId)
    if (roles === undefined) return { kind: 'gone' }
    const missing = lacking({ permissions: permissionsOf(roles) }, permissions)
    if (missing.length > 0) return { kind: 'lacking', permissions: missing }
    const { id, hash, text } = makePersonalToken()
    const event = makeEvent({ tenantId, type: 'token.made', userId, payload: { token: id, permissions, days } })
    const token = await insertToken(tenantId, db, { id, userId, name, hash, permissions, days, event })
    return token === undefined ? { kind: 'too-many', max: tokensMax } : { kind: 'made', token, text }
  },
  remove: ({ userId, id }: { userId: string; id: string }) => {
    const event = makeEvent({ tenantId, type: 'token.removed', userId, payload: { token: id } })
    return removeToken(tenantId, db, { userId, id, event })
  },
})
