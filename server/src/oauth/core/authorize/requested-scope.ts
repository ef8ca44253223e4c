import { OAuthError } from '../errors.ts'
import { organizationScope } from '../organization-scope.ts'
import { parseScope } from '../scope.ts'
import type { CheckInput } from './check.ts'

/** Scopes of OpenID Connect Core sections 3.1.2.1, 5.4 and 11, and the one for an organization. */
export const standardScopes: readonly string[] = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access', organizationScope]

export type ScopeCatalogue = { readonly resourceScopes: readonly string[]; readonly customScopes: readonly string[] }

const isOffered = (scope: string, { resourceScopes, customScopes }: ScopeCatalogue): boolean =>
  standardScopes.includes(scope) || customScopes.includes(scope) || resourceScopes.includes(scope)

// Scopes of the platform itself: a client has them only where an operator wrote them into its own.
const guarded: readonly string[] = ['account', 'admin']

const isAllowed = (scope: string, allowed: readonly string[] | undefined): boolean =>
  allowed === undefined ? !guarded.includes(scope) : allowed.includes(scope)

/**
 * The scopes of the request. Scopes that nobody offers are left out, as OpenID Connect Core section 3.1.2.1 says; one that exists but is not
 * for this client is refused.
 */
export const readScope = ({ parameters, client }: CheckInput, catalogue: ScopeCatalogue): readonly string[] => {
  const tokens = parseScope(parameters.get('scope') ?? '')
  if (tokens === undefined)
    throw new OAuthError('invalid_scope', 'scope is malformed or too long. At most 50 scopes of printable ASCII, 2,048 characters in all.')
  // What a client that registered itself wrote into its own scope limits it and gives it nothing: nobody here vouched for it.
  const isOwn = (scope: string): boolean => !client.isDynamic && (client.scope?.includes(scope) ?? false)
  const known = tokens.filter((scope) => isOffered(scope, catalogue) || isOwn(scope))
  const refused = known.find((scope) => !isAllowed(scope, client.scope))
  if (refused !== undefined)
    throw new OAuthError('invalid_scope', `This client may not ask for the scope ${refused}. Add it to the scope of the client.`)
  if (tokens.length > 0 && known.length === 0) throw new OAuthError('invalid_scope', 'None of the requested scopes exists here.')
  return known
}
