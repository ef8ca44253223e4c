import { type EventMaker, type EventType, makeEvent, type Origin, type SealData } from '../events/events.ts'
import type { HttpMetrics } from './metrics.ts'
import type { Actor, Administrator } from './route.ts'

/** Seals the personal data in the events of one request. */
export type RequestSeals = {
  readonly seal: SealData
  /** Events of this type were written by a statement that found whom they are about. */
  readonly written: (type: EventType) => void
  /** It is known what the request wrote. */
  readonly end: () => void
}

/** For servers that write no events. */
export const noSeals = (): RequestSeals => ({
  seal: () => {
    throw new Error('This server writes no events, and has no keys for them.')
  },
  written: () => undefined,
  end: () => undefined,
})

export const isAdministrator = (actor: Actor | Administrator): actor is Administrator => 'permissions' in actor
/** What a budget, an event and a kept answer know an actor by. */
export const nameOf = (actor: Actor | Administrator): string => (isAdministrator(actor) ? `${actor.kind} ${actor.id}` : actor.userId)

/** Who administers, as events know them, and the person behind it. A person who acts in the name of another one administers, too. */
export const administering = (actor: Actor | Administrator | undefined): Pick<Origin, 'actor' | 'person'> => {
  if (actor === undefined) return {}
  if (isAdministrator(actor)) return { actor: nameOf(actor), person: actor.userId }
  return actor.acting === undefined ? {} : { actor: `user ${actor.acting.id}`, person: actor.acting.id }
}

type Making = { readonly metrics: HttpMetrics; readonly tenantId: string; readonly origin: Origin; readonly seals: RequestSeals }

/** Makes the events of a request; `made` gathers the types of those that are written in any case. */
export const eventMaker = ({ metrics, tenantId, origin, seals }: Making, made: Set<EventType>): EventMaker => {
  const sealing = { ...origin, seal: seals.seal }
  return {
    make: (input) => {
      made.add(input.type)
      metrics.countEvent(input.type)
      return makeEvent({ ...input, tenantId, origin: sealing })
    },
    makeConditional: (input) => makeEvent({ ...input, tenantId, origin: sealing }),
    count: (type) => {
      metrics.countEvent(type)
      seals.written(type)
    },
  }
}
