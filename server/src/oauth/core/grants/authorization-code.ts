import { OAuthError } from '../errors.ts'
import { isVerifierOf } from '../pkce.ts'
import type { CodeBinding, GrantFacts, GrantPorts } from '../ports.ts'
import type { Grant, TokenRequest } from './grant.ts'
import { narrowResources } from './narrowing.ts'
import { isRefreshable } from './refreshable.ts'

const codeLengthMax = 256

/** The rule that the request breaks, or undefined. RFC 6749 section 4.1.3 and RFC 7636 section 4.6; a verifier without a challenge is RFC 9700 section 2.1.1. */
const brokenRule = ({ parameters }: TokenRequest, binding: CodeBinding, ports: GrantPorts): string | undefined => {
  const verifier = parameters.get('code_verifier')
  if (parameters.get('redirect_uri') !== binding.redirectUri) return 'redirect_uri is not the one of the authorization request.'
  if (binding.codeChallenge === undefined)
    return verifier === undefined ? undefined : 'code_verifier came although the authorization request had no code_challenge.'
  if (verifier === undefined) return 'code_verifier is missing although the authorization request had a code_challenge.'
  return isVerifierOf(binding.codeChallenge, verifier, ports.sha256Text)
    ? undefined
    : 'code_verifier does not belong to the code_challenge.'
}

const refusal = (rule: string): OAuthError =>
  new OAuthError('invalid_grant', 'The authorization code is invalid, expired, spent or bound to another request.', rule)

const issueOf = (request: TokenRequest, ports: GrantPorts, { grant, binding }: { grant: GrantFacts; binding: CodeBinding }) => ({
  grant,
  scope: grant.scope,
  resources: narrowResources(request, grant.resources),
  nonce: binding.nonce,
  hasIdToken: grant.scope.includes('openid'),
  refreshToken: isRefreshable(request.client, grant.scope) ? ports.firstRefreshToken(grant.grantId) : undefined,
})

/** RFC 6749 section 4.1.3. The code is spent first; whatever is wrong afterwards has burnt it, and its grant with it. */
export const authorizationCode: Grant = async (request, ports) => {
  const code = request.parameters.get('code')
  if (code === undefined) throw new OAuthError('invalid_request', 'code is missing.')
  if (code.length > codeLengthMax) throw refusal('code is longer than any code of this server.')
  const outcome = await ports.redeemCode({ code, clientId: request.client.id })
  if (outcome.kind === 'replayed') throw refusal('The code had been redeemed before: its grant and all tokens of it are revoked.')
  if (outcome.kind !== 'redeemed') throw refusal('The code is unknown, expired, of another client, or its user or session is gone.')
  const rule = brokenRule(request, outcome.binding, ports)
  if (rule !== undefined) {
    await ports.killGrant({ grant: outcome.grant, reason: 'binding' })
    throw refusal(rule)
  }
  try {
    return issueOf(request, ports, outcome)
  } catch (error) {
    await ports.killGrant({ grant: outcome.grant, reason: 'binding' })
    throw error
  }
}
