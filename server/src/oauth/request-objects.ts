import type { GuardedFetch } from '../platform/guarded-fetch/guarded-fetch.ts'
import type { ClientKeys } from './client-authentication.ts'
import { OAuthError } from './core/errors.ts'
import { readRequestObject } from './core/jwt/request-object.ts'
import type { OpenedRequest, Provider } from './provider.ts'

export type RequestObjectDeps = {
  readonly issuer: string
  readonly fetch: GuardedFetch
  readonly keysOf: ClientKeys
  readonly nowSeconds: () => number
}

const refused = (error: 'invalid_request_object' | 'invalid_request_uri', rule: string): OpenedRequest => ({
  kind: 'refused',
  error: new OAuthError(
    error,
    error === 'invalid_request_uri' ? 'The request object could not be fetched from request_uri.' : 'The request object is invalid.',
    rule,
  ),
})

/** Opens a request object by value or from a registered address (RFC 9101 section 6, OpenID Connect Core section 6). */
export const requestObjects =
  (deps: RequestObjectDeps): Provider['openRequest'] =>
  async (_, client, { jwt, uri }) => {
    let text = jwt
    if (uri !== undefined) {
      try {
        const answer = await deps.fetch(uri, { accept: 'application/oauth-authz-req+jwt, application/jwt' })
        if (answer.status !== 200) return refused('invalid_request_uri', `request_uri answered ${answer.status} instead of 200.`)
        text = answer.text.trim()
      } catch (error) {
        return refused('invalid_request_uri', (error as Error).message)
      }
    }
    const read = await readRequestObject(text ?? '', {
      clientId: client.id,
      issuer: deps.issuer,
      now: deps.nowSeconds(),
      findKeys: (query) => deps.keysOf(client, query),
      signingAlg: client.requestObjectSigningAlg,
      unsafeAllowUnsigned: !client.requireSignedRequestObject,
    })
    if (read.kind === 'invalid') return refused('invalid_request_object', read.rule)
    const { values, resources } = read.parameters
    return { kind: 'opened', parameters: values, resources, isSigned: read.isSigned }
  }
