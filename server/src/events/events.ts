import { newId } from '../platform/ids.ts'
import { catalogue, type EventPayload, type EventType } from './catalogue.ts'
import type { SealData } from './sealing.ts'

export type { EventPayload, EventType, RefusalReason } from './catalogue.ts'
export type { HourCount } from './event-hours.ts'
export { type EventSecrets, openRows, type PersonalDataState, type SealData, type SealedRow } from './sealing.ts'

/** Who asked, as far as the transport knows: copied into every event of a request. */
export type Origin = {
  readonly ip?: string | undefined
  readonly userAgent?: string | undefined
  readonly requestId?: string | undefined
  /** Who administers. */
  readonly actor?: string | undefined
  /** The person who administers, by themselves or by a token of theirs: the address is theirs. */
  readonly person?: string | undefined
  /** Seals address and browser for a person. Where the origin has none of it, there is nothing to seal. */
  readonly seal?: SealData | undefined
}

/** An event ready to be written, shaped as the columns of the table `events`. `at` is the database's. */
export type EventRow = {
  readonly tenant_id: string
  readonly id: string
  readonly type: EventType
  readonly user_id?: string | undefined
  readonly session_id?: string | undefined
  readonly client_id?: string | undefined
  readonly ip?: string | undefined
  readonly user_agent?: string | undefined
  /** In the place of `ip` and `user_agent`, where they are a known person's. */
  readonly key_id?: string | undefined
  readonly sealed?: string | undefined
  readonly ip_bucket?: number | undefined
  readonly request_id?: string | undefined
  /** `user {id}`, `token {id}` or `client {id}`, where it is not the person the event is about. */
  readonly actor?: string | undefined
  readonly payload: Readonly<Record<string, unknown>>
}

/** Builds an event of the request at hand. A conditional one is written only if the statement finds cause; `count` then tells the metrics. */
export type EventMaker = {
  readonly make: <T extends EventType>(input: Omit<NewEvent<T>, 'tenantId' | 'origin'>) => EventRow
  readonly makeConditional: <T extends EventType>(input: Omit<NewEvent<T>, 'tenantId' | 'origin'>) => EventRow
  readonly count: (type: EventType) => void
}

export type NewEvent<T extends EventType> = {
  readonly tenantId: string
  readonly type: T
  readonly payload: EventPayload<T>
  readonly origin?: Origin
  readonly userId?: string | undefined
  readonly sessionId?: string | undefined
  readonly clientId?: string | undefined
  /** `user {id}`, where the transport does not know who acts. */
  readonly actor?: string | undefined
  /** The statement that writes the event finds whom it is about. Tell `count` when it was written. */
  readonly findsUser?: true
}

/** What an event of this type tells, as one sentence; the type itself where a newer node wrote it. */
export const sentenceOf = (type: string): string => (Object.hasOwn(catalogue, type) ? catalogue[type as EventType].help : type)

/** Every type of event, and each group of them as `user.*`. */
export const eventTypeFilters: readonly string[] = [
  ...Object.keys(catalogue),
  ...new Set(Object.keys(catalogue).map((type) => `${type.split('.')[0]}.*`)),
]

const cut = (text: string | undefined, length: number): string | undefined => text?.slice(0, length)

// Address and browser belong to whoever acted: an administrator, otherwise the person that the event is about.
const ownerOf = ({ origin, actor, userId, findsUser }: Pick<NewEvent<EventType>, 'origin' | 'actor' | 'userId' | 'findsUser'>) => {
  if (actor?.startsWith('user ')) return actor.slice('user '.length)
  return origin?.person ?? userId ?? (findsUser ? 'found' : undefined)
}

/** Builds an event of the catalogue; the payload's type follows from the event's. Personal data of nobody who is known stays as it is. */
export const makeEvent = <T extends EventType>({ tenantId, type, payload, origin = {}, ...subject }: NewEvent<T>): EventRow => {
  const { ip, seal } = origin
  const userAgent = cut(origin.userAgent, 512)
  const owner = ownerOf({ origin, ...subject })
  const isSealed = seal !== undefined && owner !== undefined && (ip !== undefined || userAgent !== undefined)
  return {
    tenant_id: tenantId,
    id: newId(),
    type,
    user_id: subject.userId,
    session_id: subject.sessionId,
    client_id: subject.clientId,
    ...(isSealed ? seal({ tenantId, type, owner }, { ip, userAgent }) : { ip, user_agent: userAgent }),
    request_id: cut(origin.requestId, 128),
    actor: subject.actor ?? origin.actor,
    payload,
  }
}

const columns = 'tenant_id, id, type, user_id, session_id, client_id, ip, user_agent, key_id, sealed, ip_bucket, request_id, actor, payload'
const shape = `tenant_id uuid, id uuid, type text, user_id uuid, session_id uuid, client_id text, ip inet, user_agent text, key_id uuid, sealed bytea,
  ip_bucket integer, request_id text, actor text, payload jsonb`

/**
 * The SQL that writes the events in the JSON array `source` (a parameter or a jsonb expression), for use inside the statement of the change:
 * `with changed as (update ...), noted as (${insertEvents('$5', 'exists (select from changed)')}) ...`.
 */
export const insertEvents = (source: string, condition = 'true'): string =>
  `insert into events (${columns}) select ${columns} from jsonb_to_recordset(${source}::jsonb) as e(${shape}) where ${condition}`

/** The parameter that `insertEvents` reads. */
export const eventsParameter = (...events: readonly EventRow[]): string => JSON.stringify(events)
