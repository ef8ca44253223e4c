/** `sole`: one audience, and that one of these. `contains`: ours is among them. `unchecked` says why nothing is asked. */
export type Audience =
  | { readonly kind: 'sole'; readonly values: readonly string[] }
  | { readonly kind: 'contains'; readonly value: string; readonly isRequired: boolean }
  | { readonly kind: 'unchecked'; readonly why: string }

/** What the claims must say (RFC 7519 section 4.1). `now` and all times in seconds since 1970. */
export type ClaimRules = {
  readonly now: number
  readonly audience: Audience
  readonly issuer?: { readonly value: string; readonly isRequired: boolean }
  readonly expiry: { readonly isRequired: boolean; readonly secondsAheadMax?: number }
  /** For `id_token_hint` alone, which names a person and grants nothing (OpenID Connect Core section 3.1.2.1). */
  readonly unsafeAllowExpired?: true
}

export type Claims = Readonly<Record<string, unknown>>

/** How far the clock of a signer may be ahead of ours. */
export const skewSeconds = 10
// The last second of the year 9999: beyond it a date cannot be stored.
const dateMax = 253_402_300_799

const isDate = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= dateMax

const checkExpiry = ({ exp }: Claims, { now, expiry, unsafeAllowExpired }: ClaimRules): string | undefined => {
  if (exp === undefined) return expiry.isRequired ? 'The JWT has no "exp". Set the second at which it expires.' : undefined
  if (!isDate(exp)) return 'The "exp" of the JWT is no whole number of seconds since 1970.'
  if (exp <= now && unsafeAllowExpired !== true) return 'The JWT has expired. Make a new one for each request.'
  const { secondsAheadMax } = expiry
  if (secondsAheadMax !== undefined && exp > now + secondsAheadMax + skewSeconds)
    return `The JWT expires more than ${secondsAheadMax} seconds from now. Set an earlier "exp".`
  return undefined
}

const checkStart = (name: 'iat' | 'nbf', claims: Claims, now: number): string | undefined => {
  const value = claims[name]
  if (value === undefined) return undefined
  if (!isDate(value)) return `The "${name}" of the JWT is no whole number of seconds since 1970.`
  return value > now + skewSeconds
    ? `The "${name}" of the JWT lies more than ${skewSeconds} seconds ahead. Set the signer's clock.`
    : undefined
}

const checkIssuer = ({ iss }: Claims, { issuer }: ClaimRules): string | undefined => {
  if (issuer === undefined || (iss === undefined && !issuer.isRequired)) return undefined
  return iss === issuer.value ? undefined : 'The "iss" of the JWT is not the one that is expected here.'
}

const checkAudience = ({ aud }: Claims, { audience }: ClaimRules): string | undefined => {
  if (audience.kind === 'unchecked') return undefined
  if (aud === undefined && audience.kind === 'contains' && !audience.isRequired) return undefined
  const values: readonly unknown[] = Array.isArray(aud) ? aud : [aud]
  const isFine =
    audience.kind === 'sole'
      ? values.length === 1 && typeof values[0] === 'string' && audience.values.includes(values[0])
      : values.every((value) => typeof value === 'string') && values.includes(audience.value)
  return isFine ? undefined : 'The "aud" of the JWT is not this server. Set it to the issuer, as one text.'
}

/** The first rule that the claims break, in a sentence for the log. A claim that is there is checked even where it is not required. */
export const checkClaims = (claims: Claims, rules: ClaimRules): string | undefined =>
  checkIssuer(claims, rules) ??
  checkAudience(claims, rules) ??
  checkExpiry(claims, rules) ??
  checkStart('nbf', claims, rules.now) ??
  checkStart('iat', claims, rules.now)
