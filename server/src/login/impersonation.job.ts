import { type Database, inTransaction, type Tx } from '../db/database.ts'
import type { EventMaker, EventRow } from '../events/events.ts'
import type { Upkeep } from '../jobs/jobs.ts'
import { makeHandle, readHandle } from '../platform/handle.ts'
import { newId } from '../platform/ids.ts'
import {
  dropOldImpersonations,
  endImpersonation,
  type ImpersonationRow,
  insertImpersonation,
  isImpersonating,
  lockImpersonator,
  pageImpersonations,
  spendTicket,
} from './impersonation.store.ts'

export type { ImpersonationRow } from './impersonation.store.ts'

const prefix = 'cip_it_'
const ticketSeconds = 60

export type ImpersonationDeps = {
  readonly db: Database
  readonly tenantId: string
  readonly record: (tx: Tx, event: EventRow) => Promise<void>
  readonly announceEnd: (sessionId: string) => void
}

export type Asking = {
  readonly userId: string
  readonly actorId: string
  readonly reason: string
  readonly minutes: number
  readonly events: EventMaker
  /** Throws where the person may do more than whoever asks. */
  readonly guard: (tx: Tx) => Promise<void>
}

export type Asked =
  | { readonly kind: 'asked'; readonly id: string; readonly ticket: string; readonly ticketSeconds: number }
  | { readonly kind: 'gone' | 'busy' }

const ask = ({ db, tenantId, record }: ImpersonationDeps, { userId, actorId, reason, minutes, events, guard }: Asking): Promise<Asked> =>
  inTransaction(db, { isIdempotent: false }, async (tx): Promise<Asked> => {
    await guard(tx)
    await lockImpersonator(tenantId, tx, actorId)
    if (await isImpersonating(tenantId, tx, actorId)) return { kind: 'busy' }
    const id = newId()
    const { text: ticket, hash: ticketHash } = makeHandle(prefix, id)
    const seconds = minutes * 60
    if (!(await insertImpersonation(tenantId, tx, { id, userId, actorId, reason, seconds, ticketHash, ticketSeconds })))
      return { kind: 'gone' }
    await record(tx, events.make({ type: 'impersonation.asked', userId, payload: { impersonation: id, reason, minutes } }))
    return { kind: 'asked', id, ticket, ticketSeconds }
  })

export type Opening = {
  readonly ticket: string
  readonly sessionId: string
  readonly secretHash: Uint8Array
  readonly browser: Uint8Array
  readonly origin: { readonly ip: string; readonly userAgent?: string | undefined }
  readonly events: EventMaker
}

const open = async ({ db, tenantId }: ImpersonationDeps, opening: Opening): Promise<boolean> => {
  const handle = readHandle(prefix, opening.ticket)
  if (handle === undefined) return false
  const { sessionId, secretHash, browser, origin, events } = opening
  const event = events.makeConditional({ type: 'impersonation.begun', sessionId, findsUser: true, payload: { impersonation: handle.id } })
  const user = await spendTicket(tenantId, db, {
    ...{ id: handle.id, hash: handle.hash, sessionId, secretHash, browser, event },
    ...{ ip: origin.ip, userAgent: origin.userAgent },
  })
  if (user !== undefined) events.count('impersonation.begun')
  return user !== undefined
}

/** Administrators who act as other people, visibly and for a short time. */
export const createImpersonations = (deps: ImpersonationDeps) => {
  const { db, tenantId, announceEnd } = deps
  return {
    ask: (asking: Asking) => ask(deps, asking),
    /** Begins the session of a ticket in the browser that brings it; false where the ticket is worth nothing (any more). */
    open: (opening: Opening) => open(deps, opening),
    page: (input: { before?: string | undefined; limit: number }): Promise<ImpersonationRow[]> => pageImpersonations(tenantId, db, input),
    end: async ({ id, events }: { id: string; events: EventMaker }): Promise<boolean> => {
      const ended = await endImpersonation(tenantId, db, {
        id,
        event: events.make({ type: 'impersonation.ended', payload: { impersonation: id } }),
      })
      if (ended?.sessionId != null) announceEnd(ended.sessionId)
      return ended !== undefined
    },
  }
}

export type Impersonations = ReturnType<typeof createImpersonations>

export const impersonationUpkeep = (): Upkeep => ({ task: 'login.impersonations', everySeconds: 24 * 3600, run: dropOldImpersonations })
