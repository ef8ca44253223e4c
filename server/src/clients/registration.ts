import type { EventRow } from '../events/events.ts'
import { type Algorithm, firstAlgorithms } from '../keys/keys.ts'
import { equalBytes, sha256 } from '../platform/digest.ts'
import { newId } from '../platform/ids.ts'
import { isStorable } from '../platform/storable.ts'
import type { ClientChange, NewClient, NewSecret, StoredClient } from './clients.store.ts'
import { issueSecret, needsOtherSecrets } from './issue-secret.ts'
import type { ClientMetadata } from './metadata.ts'
import { type RegistrationError, registeredMetadata } from './registered-metadata.ts'
import type { RegistrationPolicy } from './registration-policy.ts'
import { makeRegistrationToken } from './registration-token.ts'
import type { VerifyStatement } from './software-statement.ts'

/** What dynamic registration needs of the database; every change commits with its event. */
export type RegistrationStore = {
  readonly policy: (tenantId: string) => Promise<RegistrationPolicy>
  readonly isInitialAccessToken: (tenantId: string, hash: Uint8Array) => Promise<boolean>
  /** Undefined where nothing is left of the token. */
  readonly insert: (tenantId: string, client: NewClient, tokenHash: Uint8Array | undefined) => Promise<Date | undefined>
  readonly find: (tenantId: string, id: string) => Promise<StoredClient | undefined>
  /** `changed-meanwhile`: the metadata are no longer those that the replacement was worked out from. */
  readonly replace: (
    tenantId: string,
    change: ClientChange & { readonly before: object },
    secrets: 'kept' | NewSecret | undefined,
  ) => Promise<'replaced' | 'unauthorized' | 'changed-meanwhile'>
  readonly remove: (tenantId: string, one: { id: string; event: EventRow }) => Promise<boolean>
}

export type RegistrationDeps = {
  readonly store: RegistrationStore
  readonly sealingKey: Uint8Array
  readonly fetchJson: (uri: string) => Promise<unknown>
  /** Makes the signing key of an algorithm that no key exists for yet. */
  readonly ensureKey: (algorithm: Algorithm) => Promise<void>
  readonly verifyStatement: VerifyStatement
}

/** A client as its registrant learns of it; tokens and secrets are readable here only, once. */
export type Registered = {
  readonly kind: 'registered'
  readonly clientId: string
  readonly createdAt: Date
  readonly metadata: ClientMetadata
  readonly registrationToken: string
  readonly secret: string | undefined
}

export type Refusal = { readonly kind: 'refused'; readonly error: RegistrationError; readonly description: string }
export type Outcome = Registered | Refusal | { readonly kind: 'unauthorized' } | { readonly kind: 'off' }

export type Presented = { readonly tenantId: string; readonly clientId: string; readonly token: string | undefined }
type EventOf = (clientId: string) => EventRow

const refused = (description: string): Refusal => ({ kind: 'refused', error: 'invalid_client_metadata', description })

/** Makes the keys that the algorithms of the metadata need: PS256 comes with the first client that asks for it. */
export const ensureKeysFor = async (metadata: ClientMetadata, ensureKey: RegistrationDeps['ensureKey']): Promise<void> => {
  for (const member of ['id_token_signed_response_alg', 'userinfo_signed_response_alg']) {
    const algorithm = metadata[member] as Algorithm | undefined
    if (algorithm !== undefined && !firstAlgorithms.includes(algorithm)) await ensureKey(algorithm)
  }
}

const checked = async ({ fetchJson, verifyStatement }: RegistrationDeps, given: unknown, policy: RegistrationPolicy) => {
  const outcome = await registeredMetadata(given, { policy: { ...policy, isOperator: false }, fetchJson, verifyStatement })
  if (outcome.kind === 'invalid') return { ...outcome, kind: 'refused' as const }
  const grantTypes = outcome.metadata['grant_types'] as readonly string[]
  // Whoever registers unasked would otherwise name scopes for itself and get tokens for them without any person.
  if (policy.mode === 'open' && grantTypes.includes('client_credentials'))
    return refused(
      'client_credentials is not for clients that register without an initial access token. An operator creates them with: cip clients create',
    )
  return outcome
}

type Creation = { readonly tenantId: string; readonly token: string | undefined; readonly given: unknown; readonly event: EventOf }

const create = async (deps: RegistrationDeps, { tenantId, token, given, event }: Creation): Promise<Outcome> => {
  const policy = await deps.store.policy(tenantId)
  if (policy.mode === 'off') return { kind: 'off' }
  const tokenHash = policy.mode === 'token' ? sha256(token ?? '') : undefined
  // Before anything is fetched on the word of the request; spending it is the guard.
  if (tokenHash !== undefined && !(await deps.store.isInitialAccessToken(tenantId, tokenHash))) return { kind: 'unauthorized' }
  const outcome = await checked(deps, given, policy)
  if (outcome.kind !== 'valid') return outcome
  const { metadata } = outcome
  await ensureKeysFor(metadata, deps.ensureKey)
  const clientId = newId()
  const registration = makeRegistrationToken('cip_ra_')
  const secret = issueSecret(deps.sealingKey, { tenantId, clientId, method: metadata['token_endpoint_auth_method'] })
  const client: NewClient = {
    id: clientId,
    name: metadata['client_name'] as string | undefined,
    isFirstParty: false,
    createdVia: 'registration',
    metadata,
    registrationTokenHash: registration.hash,
    secret: secret?.stored,
    event: event(clientId),
  }
  const createdAt = await deps.store.insert(tenantId, client, tokenHash)
  if (createdAt === undefined) return { kind: 'unauthorized' }
  return { kind: 'registered', clientId, createdAt, metadata, registrationToken: registration.text, secret: secret?.text }
}

const nobody = Buffer.alloc(32)

/** The client that the registration access token manages; an unknown client and a wrong token look alike (RFC 7592 section 2.1). */
const managed = async ({ store }: RegistrationDeps, { tenantId, clientId, token }: Presented): Promise<StoredClient | undefined> => {
  const client = clientId.length > 512 || !isStorable(clientId) ? undefined : await store.find(tenantId, clientId)
  const isRight = equalBytes(client?.registration_token_hash ?? nobody, sha256(token ?? ''))
  return isRight && token !== undefined && client?.status === 'active' ? client : undefined
}

const read = async (deps: RegistrationDeps, presented: Presented): Promise<Outcome> => {
  const client = await managed(deps, presented)
  if (client === undefined) return { kind: 'unauthorized' }
  const { id: clientId, created_at: createdAt, metadata } = client
  return { kind: 'registered', clientId, createdAt, metadata, registrationToken: presented.token ?? '', secret: undefined }
}

const ownMembers = ['registration_access_token', 'registration_client_uri', 'client_secret_expires_at', 'client_id_issued_at']

const hasSecret = ({ secrets }: StoredClient, presented: unknown): boolean =>
  typeof presented === 'string' &&
  (secrets ?? []).some(({ hash }) => equalBytes(Buffer.from(hash.replace(/^\\x/, ''), 'hex'), sha256(presented)))

/** RFC 7592 section 2.2: a client names itself, may repeat its secret, and chooses no value that the server gave it. */
const checkReplacement = (client: StoredClient, given: unknown): Refusal | undefined => {
  if (typeof given !== 'object' || given === null) return refused('The client metadata must be a JSON object.')
  const members = given as Readonly<Record<string, unknown>>
  if (members['client_id'] !== client.id) return refused('client_id must be the id of this client.')
  const own = ownMembers.find((name) => name in members)
  if (own !== undefined) return refused(`${own} is given by the server. Leave it out.`)
  if (members['client_secret'] != null && !hasSecret(client, members['client_secret']))
    return refused('client_secret cannot be chosen. Leave it out, or send the present one.')
  return undefined
}

const operatorMembers = ['branding', 'require_pkce', 'refresh_without_offline_access', 'resources']

/** What an operator decided about the client outlives its own changes; only an exemption from PKCE ends where it turns public. */
const withOperatorMembers = (metadata: ClientMetadata, before: ClientMetadata): ClientMetadata => {
  const kept = Object.entries(before).filter(([name]) => operatorMembers.includes(name))
  const isPublic = metadata['token_endpoint_auth_method'] === 'none'
  return { ...metadata, ...Object.fromEntries(kept.filter(([name, value]) => !(isPublic && name === 'require_pkce' && value === false))) }
}

type Replacement = Presented & { readonly given: unknown; readonly event: EventOf }

const replace = async (deps: RegistrationDeps, request: Replacement): Promise<Outcome> => {
  const { tenantId, given } = request
  const client = await managed(deps, request)
  if (client === undefined) return { kind: 'unauthorized' }
  const refusal = checkReplacement(client, given)
  if (refusal !== undefined) return refusal
  const outcome = await checked(deps, given, await deps.store.policy(tenantId))
  if (outcome.kind !== 'valid') return outcome
  const metadata = withOperatorMembers(outcome.metadata, client.metadata)
  await ensureKeysFor(metadata, deps.ensureKey)
  const method = metadata['token_endpoint_auth_method']
  const isOther = needsOtherSecrets(client.metadata['token_endpoint_auth_method'], method)
  const secret = isOther ? issueSecret(deps.sealingKey, { tenantId, clientId: client.id, method }) : undefined
  const next = makeRegistrationToken('cip_ra_')
  const change = {
    id: client.id,
    before: client.metadata,
    name: metadata['client_name'] as string | undefined,
    metadata,
    rotation: { from: sha256(request.token ?? ''), to: next.hash },
    event: request.event(client.id),
  }
  const done = await deps.store.replace(tenantId, change, isOther ? secret?.stored : 'kept')
  if (done === 'unauthorized') return { kind: 'unauthorized' }
  if (done === 'changed-meanwhile') return refused('The client was changed at the same moment. Read it and send the replacement again.')
  const { id: clientId, created_at: createdAt } = client
  return { kind: 'registered', clientId, createdAt, metadata, registrationToken: next.text, secret: secret?.text }
}

const remove = async (deps: RegistrationDeps, request: Presented & { readonly event: EventOf }): Promise<'removed' | 'unauthorized'> => {
  const client = await managed(deps, request)
  if (client === undefined) return 'unauthorized'
  const isRemoved = await deps.store.remove(request.tenantId, { id: client.id, event: request.event(client.id) })
  return isRemoved ? 'removed' : 'unauthorized'
}

export type Registration = {
  readonly create: (input: Creation) => Promise<Outcome>
  readonly read: (input: Presented) => Promise<Outcome>
  readonly replace: (input: Replacement) => Promise<Outcome>
  readonly remove: (input: Presented & { readonly event: EventOf }) => Promise<'removed' | 'unauthorized'>
}

/** Dynamic client registration (RFC 7591) and its management by the client itself (RFC 7592). */
export const createRegistration = (deps: RegistrationDeps): Registration => ({
  create: (input) => create(deps, input),
  read: (input) => read(deps, input),
  replace: (input) => replace(deps, input),
  remove: (input) => remove(deps, input),
})
