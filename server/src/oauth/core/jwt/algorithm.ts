/** Signature algorithms that are accepted from others (RFC 7518 section 3.1, RFC 8037); Ed25519 is the name that RFC 9864 gives to EdDSA with that curve. */
export const asymmetricAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'] as const
export type AsymmetricAlgorithm = (typeof asymmetricAlgorithms)[number]
export type JwtAlgorithm = AsymmetricAlgorithm | 'HS256'

export const isAsymmetricAlgorithm = (text: string): text is AsymmetricAlgorithm =>
  (asymmetricAlgorithms as readonly string[]).includes(text)
