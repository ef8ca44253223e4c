import { leafHash } from './merkle-tree.ts'

/** An event as the tree takes it in: every column as text, the payload as PostgreSQL prints jsonb. */
export type ChainedEvent = {
  readonly tenant_id: string
  readonly id: string
  /** RFC 3339 in UTC with microseconds. */
  readonly at: string
  readonly type: string
  readonly user_id: string | null
  readonly session_id: string | null
  readonly client_id: string | null
  readonly ip: string | null
  readonly user_agent: string | null
  readonly request_id: string | null
  readonly actor: string | null
  readonly payload: string
  /** What is sealed for a person; `sealed` in hexadecimal. */
  readonly key_id: string | null
  readonly sealed: string | null
  readonly ip_bucket: number | null
}

/** Events with nothing sealed have the form that all had once. */
export const leafForm = ({ key_id, sealed, ip_bucket }: ChainedEvent): 1 | 2 =>
  key_id === null && sealed === null && ip_bucket === null ? 1 : 2

/**
 * The leaf of an event: SHA-256 over a JSON array whose first member names its form. What is sealed stands in it as it is stored, so that the leaf stays
 * right when the key is gone.
 */
export const eventLeaf = (event: ChainedEvent): Buffer => {
  const { tenant_id, id, at, type, user_id, session_id, client_id, ip, user_agent, request_id, actor, payload } = event
  const form = leafForm(event)
  const sealed = form === 1 ? [] : [event.key_id, event.sealed, event.ip_bucket]
  const members = [tenant_id, id, at, type, user_id, session_id, client_id, ip, user_agent, request_id, actor, payload]
  return leafHash(Buffer.from(JSON.stringify([`event ${form}`, ...members, ...sealed]), 'utf8'))
}
