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
}

/** The leaf of an event: SHA-256 over a JSON array whose first member names this form, so that another can follow. */
export const eventLeaf = (event: ChainedEvent): Buffer => {
  const { tenant_id, id, at, type, user_id, session_id, client_id, ip, user_agent, request_id, actor, payload } = event
  const members = ['event 1', tenant_id, id, at, type, user_id, session_id, client_id, ip, user_agent, request_id, actor, payload]
  return leafHash(Buffer.from(JSON.stringify(members), 'utf8'))
}
