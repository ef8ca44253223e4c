import type { ClaimRules } from '../jwt/check-claims.ts'
import type { ForeignJwtRules } from '../jwt/verify-foreign-jwt.ts'

const lifetimeSecondsMax = 300

/**
 * What RFC 7523 section 3 asks of a client assertion. The audience must be one text, or a list of one: an assertion that names another server too
 * could be replayed from there (CVE-2025-27370). Which texts are ours the caller says: RFC 7523 and OpenID Connect clients name the token endpoint,
 * rfc7523bis and FAPI 2.0 the issuer.
 */
export const assertionRules = (input: {
  readonly clientId: string
  readonly audiences: readonly string[]
  readonly now: number
}): Pick<ForeignJwtRules, 'typ'> & { readonly claims: ClaimRules } => ({
  typ: { values: ['JWT', 'client-authentication+jwt'], isRequired: false },
  claims: {
    now: input.now,
    issuer: { value: input.clientId, isRequired: true },
    audience: { kind: 'sole', values: input.audiences },
    expiry: { isRequired: true, secondsAheadMax: lifetimeSecondsMax },
  },
})
