import type { Tx } from '../db/database.ts'
import type { EventMaker, EventRow } from '../events/events.ts'
import type { Identifier } from './identifiers.ts'
import { replaceName } from './names.store.ts'

export type NamesDeps = {
  readonly tenantId: string
  readonly record: (tx: Tx, ...events: readonly EventRow[]) => Promise<void>
  /** Codes that went to the earlier address open nothing any more, and whoever reads it is told, with a link that takes it back. */
  readonly tellEarlier: (tx: Tx, input: { userId: string; from: string | null; to: string }) => Promise<void>
  /** Tells every node to forget the names in its memory. */
  readonly forgetSessions: (tx: Tx) => Promise<void>
  readonly setLanguage: (tx: Tx, input: { userId: string; language: string | null; event: EventRow }) => Promise<boolean>
}

export type NamesChange = {
  readonly userId: string
  readonly make: EventMaker['make']
  readonly username?: Identifier | undefined
  readonly email?: Identifier | undefined
  readonly isEmailVerified: boolean
  readonly language?: string | null | undefined
}

export type NamesOutcome =
  | { readonly kind: 'done'; readonly changed: readonly string[] }
  | { readonly kind: 'taken'; readonly which: Identifier['kind'] }

const rename = async (deps: NamesDeps, tx: Tx, { userId, make, username: to }: NamesChange): Promise<NamesOutcome> => {
  if (to === undefined) return { kind: 'done', changed: [] }
  const outcome = await replaceName(deps.tenantId, tx, { userId, to, isVerified: false })
  if (outcome.kind === 'taken') return { kind: 'taken', which: 'username' }
  if (outcome.kind === 'unchanged') return { kind: 'done', changed: [] }
  await deps.record(tx, make({ type: 'user.renamed', userId, payload: { via: 'admin' } }))
  return { kind: 'done', changed: ['username'] }
}

const readdress = async (deps: NamesDeps, tx: Tx, { userId, make, email: to, isEmailVerified }: NamesChange): Promise<NamesOutcome> => {
  if (to === undefined) return { kind: 'done', changed: [] }
  const outcome = await replaceName(deps.tenantId, tx, { userId, to, isVerified: isEmailVerified })
  if (outcome.kind === 'taken') return { kind: 'taken', which: 'email' }
  if (outcome.kind === 'unchanged') return { kind: 'done', changed: [] }
  await deps.tellEarlier(tx, { userId, from: outcome.before, to: to.written })
  await deps.record(tx, make({ type: 'user.address_replaced', userId, payload: { via: 'admin', verified: isEmailVerified } }))
  return { kind: 'done', changed: ['email'] }
}

/** What people are called and in which language they are written to, as an operator changes it. The account is held by the caller's transaction. */
export const createNameAdmin = (deps: NamesDeps) => ({
  /** Whoever gets `taken` has to undo the transaction. */
  change: async (tx: Tx, input: NamesChange): Promise<NamesOutcome> => {
    const { userId, make, language } = input
    const changed: string[] = []
    for (const step of [rename, readdress]) {
      const outcome = await step(deps, tx, input)
      if (outcome.kind === 'taken') return outcome
      changed.push(...outcome.changed)
    }
    if (changed.length > 0) await deps.forgetSessions(tx)
    if (language === undefined) return { kind: 'done', changed }
    const event = make({ type: 'user.updated', userId, payload: { attributes: ['language'], via: 'admin' } })
    return { kind: 'done', changed: (await deps.setLanguage(tx, { userId, language, event })) ? [...changed, 'language'] : changed }
  },
})

export type NameAdmin = ReturnType<typeof createNameAdmin>
