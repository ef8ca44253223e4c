import type { ApiResource } from './client.ts'

// RFC 8707 section 2: an absolute URI without a fragment.
const identifierForm = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s#]+$/
const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/
// Scopes about a person and the scope of the account API are not an API's to give.
const taken = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'account', 'admin']
const ttlMax = 86_400

/** What an API is where nothing is said. */
export const usualResource: Omit<ApiResource, 'identifier' | 'name'> = {
  ...{ scopes: [], signingAlgorithm: 'ES256', tokenFormat: 'jwt', accessClaims: [] },
}

/** What is wrong with an API resource, in one sentence, or undefined. */
export const checkResource = ({ identifier, name, scopes, accessTokenTtlSeconds: ttl }: ApiResource): string | undefined => {
  if (identifier.length > 512 || !identifierForm.test(identifier) || /\p{Cc}/u.test(identifier))
    return 'The identifier must be an absolute URI without a fragment, such as https://api.example.com, of at most 512 characters.'
  if (name === '' || name.length > 200 || /\p{Cc}/u.test(name))
    return 'The name must be text of 1 to 200 characters without control characters.'
  const bad = scopes.find((scope) => !scopeToken.test(scope))
  if (bad !== undefined) return 'A scope is 1 to 100 printable ASCII characters without spaces, quotes and backslashes.'
  const standard = scopes.find((scope) => taken.includes(scope))
  if (standard !== undefined) return `The scope ${standard} has a meaning of its own. Choose another one.`
  if (scopes.length > 100) return 'An API has at most 100 scopes.'
  if (ttl !== undefined && (!Number.isSafeInteger(ttl) || ttl < 60 || ttl > ttlMax))
    return 'The life of access tokens is 60 seconds to one day.'
  return undefined
}
