import { type Database, inTransaction } from '../db/database.ts'
import { makeEvent } from '../events/events.ts'
import type { Algorithm } from '../keys/keys.ts'
import { newId } from '../platform/ids.ts'
import { builtInIds } from './built-in.ts'
import { lockUnchanged, replaceSecrets, setClientStatus } from './client-changes.store.ts'
import {
  deleteClient,
  findStoredClient,
  insertClient,
  listClients,
  rotateClientSecret,
  type StoredClient,
  updateClient,
} from './clients.store.ts'
import { issueSecret, needsOtherSecrets } from './issue-secret.ts'
import type { ClientMetadata } from './metadata.ts'
import { registeredMetadata } from './registered-metadata.ts'
import { ensureKeysFor } from './registration.ts'

export type { StoredClient } from './clients.store.ts'
export { type Template, templates } from './templates.ts'

export type ClientAdminDeps = {
  readonly db: Database
  readonly tenantId: string
  /** Seals the secrets that must be read again (client_secret_jwt). */
  readonly sealingKey: Uint8Array
  readonly fetchJson: (uri: string) => Promise<unknown>
  /** Makes the signing key of an algorithm that no key exists for yet. */
  readonly ensureKey: (algorithm: Algorithm) => Promise<void>
}

type Members = Readonly<Record<string, unknown>>
export type NewClientInput = { readonly id?: string | undefined; readonly isFirstParty: boolean; readonly metadata: Members }
/** Members replace the registered ones; null takes one away. */
export type ClientUpdate = { readonly id: string; readonly isFirstParty?: boolean | undefined; readonly metadata: Members }

/** `secret` is readable here alone, in the answer that made it. */
export type Saved =
  | { readonly kind: 'saved'; readonly client: StoredClient; readonly secret: string | undefined }
  | { readonly kind: 'invalid'; readonly description: string }
  | { readonly kind: 'taken' | 'gone' | 'changed-meanwhile' }

export type Rotated = { readonly kind: 'rotated'; readonly secret: string } | { readonly kind: 'no-secret' } | { readonly kind: 'gone' }

export type ClientAdmin = {
  readonly create: (input: NewClientInput) => Promise<Saved>
  readonly find: (id: string) => Promise<StoredClient | undefined>
  readonly list: (page: { after: string; limit: number }) => Promise<StoredClient[]>
  readonly update: (input: ClientUpdate) => Promise<Saved>
  readonly rotateSecret: (input: { id: string; overlapSeconds: number }) => Promise<Rotated>
  /** False where it has the status already, or is gone. */
  readonly setStatus: (id: string, status: 'active' | 'disabled') => Promise<boolean>
  readonly remove: (id: string) => Promise<boolean>
}

// An API that looks its tokens up is a client whose id is its identifier, which is a URI.
const idForm = /^[A-Za-z0-9._~:/-]{1,128}$/
// The account API's own tokens carry this client id.
const reserved = ['account-api', ...builtInIds]
const badId = `A client id is 1 to 128 letters, digits or . _ ~ : / - and none of ${reserved.join(', ')}. Choose another --id, or leave it out.`

const operatorPolicy = { allowImplicit: true, isOperator: true, softwareStatementIssuers: [] } as const

// An operator needs nobody else's word; no issuer is trusted, so this is never called.
const noStatement = async (): Promise<undefined> => undefined

const checkedMetadata = async ({ fetchJson, ensureKey }: ClientAdminDeps, given: Members) => {
  const outcome = await registeredMetadata(given, { policy: operatorPolicy, fetchJson, verifyStatement: noStatement })
  if (outcome.kind === 'valid') await ensureKeysFor(outcome.metadata, ensureKey)
  return outcome
}

const reread = async ({ db, tenantId }: ClientAdminDeps, id: string, secret: string | undefined): Promise<Saved> => {
  const client = await findStoredClient(tenantId, db, id)
  return client === undefined ? { kind: 'gone' } : { kind: 'saved', client, secret }
}

const create = async (deps: ClientAdminDeps, { id = newId(), isFirstParty, metadata: given }: NewClientInput): Promise<Saved> => {
  const { db, tenantId } = deps
  if (!idForm.test(id) || reserved.includes(id)) return { kind: 'invalid', description: badId }
  const outcome = await checkedMetadata(deps, given)
  if (outcome.kind === 'invalid') return outcome
  const { metadata } = outcome
  const secret = issueSecret(deps.sealingKey, { tenantId, clientId: id, method: metadata['token_endpoint_auth_method'] })
  const createdAt = await insertClient(tenantId, db, {
    id,
    name: metadata['client_name'] as string | undefined,
    isFirstParty,
    createdVia: 'cli',
    metadata,
    secret: secret?.stored,
    event: makeEvent({ tenantId, type: 'client.created', clientId: id, payload: { via: 'cli' } }),
  })
  return createdAt === undefined ? { kind: 'taken' } : reread(deps, id, secret?.text)
}

/** A statement's claims were checked when the client registered; what an operator changes comes after them. */
const merged = (before: ClientMetadata, changes: Members): Members => {
  const { software_statement: _, ...members } = { ...before, ...changes }
  return members
}

const update = async (deps: ClientAdminDeps, { id, isFirstParty, metadata: changes }: ClientUpdate): Promise<Saved> => {
  const { db, tenantId } = deps
  const before = await findStoredClient(tenantId, db, id)
  if (before === undefined) return { kind: 'gone' }
  const outcome = await checkedMetadata(deps, merged(before.metadata, changes))
  if (outcome.kind === 'invalid') return outcome
  const statement = before.metadata['software_statement']
  const metadata = { ...outcome.metadata, ...(statement === undefined ? {} : { software_statement: statement }) } as Members
  const method = metadata['token_endpoint_auth_method']
  const isOther = needsOtherSecrets(before.metadata['token_endpoint_auth_method'], method)
  const secret = isOther ? issueSecret(deps.sealingKey, { tenantId, clientId: id, method }) : undefined
  const event = makeEvent({ tenantId, type: 'client.updated', clientId: id, payload: { via: 'cli' } })
  const change = { id, name: metadata['client_name'] as string | undefined, metadata, isFirstParty, event }
  const isSaved = await inTransaction(db, { isIdempotent: true }, async (tx) => {
    if (!(await lockUnchanged(tenantId, tx, { id, metadata: before.metadata }))) return false
    await updateClient(tenantId, tx, change)
    if (isOther) await replaceSecrets(tenantId, tx, { clientId: id, secret: secret?.stored })
    return true
  })
  return isSaved ? reread(deps, id, secret?.text) : { kind: 'changed-meanwhile' }
}

const rotateSecret = async (deps: ClientAdminDeps, { id, overlapSeconds }: { id: string; overlapSeconds: number }): Promise<Rotated> => {
  const { db, tenantId } = deps
  const client = await findStoredClient(tenantId, db, id)
  if (client === undefined) return { kind: 'gone' }
  const secret = issueSecret(deps.sealingKey, { tenantId, clientId: id, method: client.metadata['token_endpoint_auth_method'] })
  if (secret === undefined) return { kind: 'no-secret' }
  const event = makeEvent({ tenantId, type: 'client.secret_rotated', clientId: id, payload: { overlapSeconds } })
  const isDone = await rotateClientSecret(tenantId, db, { clientId: id, secret: secret.stored, overlapSeconds, event })
  return isDone ? { kind: 'rotated', secret: secret.text } : { kind: 'gone' }
}

const gone = { kind: 'gone' } as const

/** What an operator does with clients: each change commits together with its event and tells every node. */
export const createClientAdmin = (deps: ClientAdminDeps): ClientAdmin => {
  const { db, tenantId } = deps
  return {
    create: (input) => create(deps, input),
    find: async (id) => (builtInIds.includes(id) ? undefined : findStoredClient(tenantId, db, id)),
    list: (page) => listClients(tenantId, db, page),
    update: async (input) => (builtInIds.includes(input.id) ? gone : update(deps, input)),
    rotateSecret: async (input) => (builtInIds.includes(input.id) ? gone : rotateSecret(deps, input)),
    setStatus: async (id, status) => {
      if (builtInIds.includes(id)) return false
      const type = status === 'disabled' ? 'client.disabled' : 'client.enabled'
      return setClientStatus(tenantId, db, { id, status, event: makeEvent({ tenantId, type, clientId: id, payload: { via: 'cli' } }) })
    },
    remove: async (id) =>
      !builtInIds.includes(id) &&
      deleteClient(tenantId, db, { id, event: makeEvent({ tenantId, type: 'client.deleted', clientId: id, payload: { via: 'cli' } }) }),
  }
}
