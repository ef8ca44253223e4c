import { type Client, clientSecretContext } from '../clients/clients.ts'
import { equalBytes, sha256 } from '../platform/digest.ts'
import { unseal } from '../platform/seal.ts'
import { authenticateClient } from './core/client-auth/authenticate-client.ts'
import { OAuthError } from './core/errors.ts'
import type { Jwk } from './core/jwt/jwk.ts'
import type { Provider } from './provider.ts'
import type { RemoteKeys } from './remote-keys/remote-keys.ts'
import type { AssertionStore } from './store/assertions.store.ts'

export type ClientKeys = (
  client: Client,
  query: { readonly kid: string | undefined; readonly isRefresh: boolean },
) => ReturnType<RemoteKeys['get']>

/** Keys that a client registered, by value or by address. */
export const clientKeys =
  (remote: RemoteKeys): ClientKeys =>
  async ({ jwks, jwksUri }, query) => {
    if (jwks !== undefined) return { kind: 'keys', keys: jwks.keys as readonly Jwk[] }
    if (jwksUri !== undefined) return remote.get(jwksUri, query)
    return { kind: 'unavailable', rule: 'The client has registered no keys. Register jwks or jwks_uri.' }
  }

export type AuthenticationDeps = {
  readonly issuer: string
  readonly findClient: Provider['findClient']
  readonly assertions: AssertionStore
  readonly keysOf: ClientKeys
  readonly sealingKey: Uint8Array
  readonly nowSeconds: () => number
}

// The core counts in seconds.
const inSeconds = new WeakMap<Client, Client>()
const countedInSeconds = (client: Client): Client => {
  const known = inSeconds.get(client)
  if (known !== undefined) return known
  const secrets = client.secrets.map((one) => ({ ...one, expiresAt: one.expiresAt === null ? null : Math.floor(one.expiresAt / 1000) }))
  const made = { ...client, secrets }
  inSeconds.set(client, made)
  return made
}

const opener =
  ({ sealingKey }: AuthenticationDeps, tenantId: string, client: () => Client | undefined) =>
  (sealed: Uint8Array): Uint8Array => {
    const owner = client()
    const secret = owner?.secrets.find((one) => one.sealed === sealed)
    const plain = unseal(sealingKey, sealed, clientSecretContext(tenantId, owner?.id ?? '', secret?.id ?? ''))
    if (plain === undefined)
      throw new Error('A client secret was sealed under another SECRET_KEY. Rotate it with: cip clients rotate-secret')
    return plain
  }

/** Client authentication on this installation (RFC 6749 section 2.3, RFC 7523, OpenID Connect Core section 9). */
export const clientAuthentication =
  (deps: AuthenticationDeps): Provider['authenticate'] =>
  async (tenantId, { headers, parameters }) => {
    let found: Client | undefined
    const authorization = headers['authorization']
    const outcome = await authenticateClient<Client>(
      { authorization: typeof authorization === 'string' ? authorization : undefined, parameters },
      {
        findClient: async (id) => {
          const client = await deps.findClient(tenantId, id)
          found = client && countedInSeconds(client)
          return found
        },
        sha256,
        equal: equalBytes,
        openSecret: opener(deps, tenantId, () => found),
        keysOf: deps.keysOf,
        spendAssertion: (input) => deps.assertions.spend(tenantId, input),
        now: deps.nowSeconds(),
        // RFC 7523 section 3 and RFC 9126 section 2: the issuer, and what clients have always sent.
        audiences: [deps.issuer, `${deps.issuer}/oauth2/token`, `${deps.issuer}/oauth2/par`],
      },
    )
    if (outcome.kind === 'refused') throw new OAuthError(outcome.error, outcome.description, outcome.rule)
    return outcome.client
  }
