/** Signature algorithms that are accepted from others (RFC 7518 section 3.1, RFC 8037). */
export const asymmetricAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const
export type AsymmetricAlgorithm = (typeof asymmetricAlgorithms)[number]
export type JwtAlgorithm = AsymmetricAlgorithm | 'HS256'

export const isAsymmetricAlgorithm = (text: string): text is AsymmetricAlgorithm =>
  (asymmetricAlgorithms as readonly string[]).includes(text)
