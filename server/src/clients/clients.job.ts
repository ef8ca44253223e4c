import { type Database, inTransaction, type Tx } from '../db/database.ts'
import { type EventMaker, makeEvent } from '../events/events.ts'
import type { Algorithm } from '../keys/keys.ts'
import { newId } from '../platform/ids.ts'
import { builtInIds } from './built-in.ts'
import { lockClient, lockUnchanged, replaceSecrets, setClientStatus } from './client-changes.store.ts'
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
import { type RegistrationError, registeredMetadata } from './registered-metadata.ts'
import { ensureKeysFor } from './registration.ts'

export type { StoredClient } from './clients.store.ts'
export { type Template, templates } from './templates.ts'

/**
 * Who changes applications: the command line where nothing is said. `guard` throws where somebody may not change this one, or not to what it would be
 * allowed to ask for; it runs in the transaction of the change.
 */
export type ClientOperator = {
  readonly via: 'cli' | 'admin'
  readonly make: EventMaker['make']
  readonly guard: (tx: Tx, concerned: { readonly clientId: string; readonly scopes: readonly unknown[] }) => Promise<void>
}

export type ClientAdminDeps = {
  /** Inside a transaction of the caller's, a change belongs to that. */
  readonly db: Database | Tx
  readonly tenantId: string
  readonly operator?: ClientOperator | undefined
  /** Seals the secrets that must be read again (client_secret_jwt). */
  readonly sealingKey: Uint8Array
  readonly fetchJson: (uri: string) => Promise<unknown>
  /** Makes the signing key of an algorithm that no key exists for yet. */
  readonly ensureKey: (algorithm: Algorithm) => Promise<void>
}

type Members = Readonly<Record<string, unknown>>
export type NewClientInput = { readonly id?: string | undefined; readonly isFirstParty: boolean; readonly metadata: Members }
/** Members replace the registered ones; null takes one away. `version` is the one that the change was made on. */
export type ClientUpdate = {
  readonly id: string
  readonly isFirstParty?: boolean | undefined
  readonly metadata: Members
  readonly version?: string | undefined
}

/** `secret` is readable here alone, in the answer that made it. */
export type Saved =
  | { readonly kind: 'saved'; readonly client: StoredClient; readonly secret: string | undefined }
  | { readonly kind: 'invalid'; readonly error: RegistrationError; readonly description: string }
  | { readonly kind: 'taken' | 'gone' | 'changed-meanwhile' }

export type Rotated = { readonly kind: 'rotated'; readonly secret: string } | { readonly kind: 'no-secret' } | { readonly kind: 'gone' }

export type ClientAdmin = {
  readonly create: (input: NewClientInput) => Promise<Saved>
  readonly find: (id: string) => Promise<StoredClient | undefined>
  readonly list: (page: { after: string; limit: number }) => Promise<StoredClient[]>
  readonly update: (input: ClientUpdate) => Promise<Saved>
  /** Adds one redirect URI to those that are there. */
  readonly addRedirectUri: (input: { id: string; uri: string }) => Promise<Saved>
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

const operatorOf = ({ tenantId, operator }: ClientAdminDeps): ClientOperator =>
  operator ?? { via: 'cli', make: (input) => makeEvent({ ...input, tenantId }), guard: async () => undefined }

const reread = async ({ db, tenantId }: ClientAdminDeps, id: string, secret: string | undefined): Promise<Saved> => {
  const client = await findStoredClient(tenantId, db, id)
  return client === undefined ? { kind: 'gone' } : { kind: 'saved', client, secret }
}

const create = async (deps: ClientAdminDeps, { id = newId(), isFirstParty, metadata: given }: NewClientInput): Promise<Saved> => {
  const { db, tenantId } = deps
  if (!idForm.test(id) || reserved.includes(id)) return { kind: 'invalid', error: 'invalid_client_metadata', description: badId }
  const outcome = await checkedMetadata(deps, given)
  if (outcome.kind === 'invalid') return outcome
  const { metadata } = outcome
  const secret = issueSecret(deps.sealingKey, { tenantId, clientId: id, method: metadata['token_endpoint_auth_method'] })
  const { via, make, guard } = operatorOf(deps)
  const createdAt = await inTransaction(db, { isIdempotent: false }, async (tx) => {
    await guard(tx, { clientId: id, scopes: [metadata['scope']] })
    return insertClient(tenantId, tx, {
      ...{ id, isFirstParty, metadata, name: metadata['client_name'] as string | undefined, secret: secret?.stored },
      createdVia: via === 'admin' ? 'console' : 'cli',
      event: make({ type: 'client.created', clientId: id, payload: { via } }),
    })
  })
  return createdAt === undefined ? { kind: 'taken' } : reread(deps, id, secret?.text)
}

/** A statement's claims were checked when the client registered; what an operator changes comes after them. */
const merged = (before: ClientMetadata, changes: Members): Members => {
  const { software_statement: _, ...members } = { ...before, ...changes }
  return members
}

type Update = Omit<ClientUpdate, 'metadata'> & { readonly changesOf: (before: ClientMetadata) => Members }

const update = async (deps: ClientAdminDeps, { id, isFirstParty, version, changesOf }: Update): Promise<Saved> => {
  const { db, tenantId } = deps
  const before = await findStoredClient(tenantId, db, id)
  if (before === undefined) return gone
  if (version !== undefined && before.version !== version) return { kind: 'changed-meanwhile' }
  const outcome = await checkedMetadata(deps, merged(before.metadata, changesOf(before.metadata)))
  if (outcome.kind === 'invalid') return outcome
  const statement = before.metadata['software_statement']
  const metadata = { ...outcome.metadata, ...(statement === undefined ? {} : { software_statement: statement }) } as Members
  const method = metadata['token_endpoint_auth_method']
  const isOther = needsOtherSecrets(before.metadata['token_endpoint_auth_method'], method)
  const secret = isOther ? issueSecret(deps.sealingKey, { tenantId, clientId: id, method }) : undefined
  const { via, make, guard } = operatorOf(deps)
  const event = make({ type: 'client.updated', clientId: id, payload: { via } })
  const change = { id, name: metadata['client_name'] as string | undefined, metadata, isFirstParty, event }
  const isSaved = await inTransaction(db, { isIdempotent: true }, async (tx) => {
    if (!(await lockUnchanged(tenantId, tx, { id, metadata: before.metadata, version }))) return false
    await guard(tx, { clientId: id, scopes: [before.metadata['scope'], metadata['scope']] })
    await updateClient(tenantId, tx, change)
    if (isOther) await replaceSecrets(tenantId, tx, { clientId: id, secret: secret?.stored })
    return true
  })
  return isSaved ? reread(deps, id, secret?.text) : { kind: 'changed-meanwhile' }
}

const attemptsMax = 5

const addRedirectUri = async (deps: ClientAdminDeps, { id, uri }: { id: string; uri: string }): Promise<Saved> => {
  const changesOf = ({ redirect_uris: present }: ClientMetadata): Members => ({
    redirect_uris: [...new Set([...((present as readonly string[] | undefined) ?? []), uri])],
  })
  const known = await findStoredClient(deps.tenantId, deps.db, id)
  if ((known?.metadata['redirect_uris'] as readonly string[] | undefined)?.includes(uri)) return reread(deps, id, undefined)
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const saved = await update(deps, { id, changesOf })
    if (saved.kind !== 'changed-meanwhile') return saved
  }
  return { kind: 'changed-meanwhile' }
}

/** Runs `work` on a client that is there and that the operator may change; undefined where it is not. */
const onClient = <T>(deps: ClientAdminDeps, id: string, work: (tx: Tx, client: StoredClient) => Promise<T>): Promise<T | undefined> =>
  inTransaction(deps.db, { isIdempotent: false }, async (tx) => {
    const client = (await lockClient(deps.tenantId, tx, id)) ? await findStoredClient(deps.tenantId, tx, id) : undefined
    if (client === undefined) return undefined
    await operatorOf(deps).guard(tx, { clientId: id, scopes: [client.metadata['scope']] })
    return work(tx, client)
  })

const rotateSecret = async (deps: ClientAdminDeps, { id, overlapSeconds }: { id: string; overlapSeconds: number }): Promise<Rotated> => {
  const { tenantId } = deps
  const rotated = await onClient<Rotated>(deps, id, async (tx, { metadata }) => {
    const secret = issueSecret(deps.sealingKey, { tenantId, clientId: id, method: metadata['token_endpoint_auth_method'] })
    if (secret === undefined) return { kind: 'no-secret' }
    const event = operatorOf(deps).make({ type: 'client.secret_rotated', clientId: id, payload: { overlapSeconds } })
    await rotateClientSecret(tenantId, tx, { clientId: id, secret: secret.stored, overlapSeconds, event })
    return { kind: 'rotated', secret: secret.text }
  })
  return rotated ?? gone
}

const setStatus = async (deps: ClientAdminDeps, id: string, status: 'active' | 'disabled'): Promise<boolean> => {
  const { via, make } = operatorOf(deps)
  const type = status === 'disabled' ? 'client.disabled' : 'client.enabled'
  const isChanged = await onClient(deps, id, async (tx, { status: before }) =>
    before === status ? false : setClientStatus(deps.tenantId, tx, { id, status, event: make({ type, clientId: id, payload: { via } }) }),
  )
  return isChanged ?? false
}

const remove = async (deps: ClientAdminDeps, id: string): Promise<boolean> => {
  const { via, make } = operatorOf(deps)
  const isGone = await onClient(deps, id, (tx) =>
    deleteClient(deps.tenantId, tx, { id, event: make({ type: 'client.deleted', clientId: id, payload: { via } }) }),
  )
  return isGone ?? false
}

const gone = { kind: 'gone' } as const
const isBuiltIn = (id: string): boolean => builtInIds.includes(id)

/** What an operator does with clients: each change commits together with its event and tells every node. */
export const createClientAdmin = (deps: ClientAdminDeps): ClientAdmin => {
  const { db, tenantId } = deps
  return {
    create: (input) => create(deps, input),
    find: async (id) => (isBuiltIn(id) ? undefined : findStoredClient(tenantId, db, id)),
    list: (page) => listClients(tenantId, db, page),
    update: async ({ metadata, ...input }) => (isBuiltIn(input.id) ? gone : update(deps, { ...input, changesOf: () => metadata })),
    addRedirectUri: async (input) => (isBuiltIn(input.id) ? gone : addRedirectUri(deps, input)),
    rotateSecret: async (input) => (isBuiltIn(input.id) ? gone : rotateSecret(deps, input)),
    setStatus: async (id, status) => !isBuiltIn(id) && setStatus(deps, id, status),
    remove: async (id) => !isBuiltIn(id) && remove(deps, id),
  }
}
