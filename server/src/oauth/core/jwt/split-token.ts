import { base64url, decodeJwt, decodeProtectedHeader } from 'jose'

type Members = Readonly<Record<string, unknown>>

export type UnverifiedJws = {
  readonly header: Members
  readonly alg: string
  readonly kid: string | undefined
  readonly isSigned: boolean
}
export type UnverifiedToken = UnverifiedJws & { readonly claims: Members }

type Invalid = { readonly kind: 'invalid'; readonly rule: string }
export type SplitJws = { readonly kind: 'split'; readonly token: UnverifiedJws } | Invalid
export type SplitToken = { readonly kind: 'split'; readonly token: UnverifiedToken } | Invalid

const charactersMax = 16_384
const kidCharactersMax = 256
const alphabet = /^[A-Za-z0-9_-]*$/
// crit (RFC 7515 section 4.1.11) names extensions, and none is understood; b64 and zip change what is signed or how large it becomes; enc is a JWE.
const refusedMembers = ['crit', 'b64', 'zip', 'enc']

const invalid = (rule: string): Invalid => ({ kind: 'invalid', rule })

/** One text for one byte string: spare bits and padding would give a token several spellings. */
const isCanonical = (part: string): boolean => {
  if (!alphabet.test(part)) return false
  try {
    return base64url.encode(base64url.decode(part)) === part
  } catch {
    return false
  }
}

const orUndefined = (read: (token: string) => Members, token: string): Members | undefined => {
  try {
    return read(token)
  } catch {
    return undefined
  }
}

const checkHeader = ({ alg, kid, ...rest }: Members): string | undefined => {
  if (typeof alg !== 'string') return 'The JWT names no algorithm. Set "alg" in its header.'
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > kidCharactersMax))
    return `The "kid" of the JWT is no text of at most ${kidCharactersMax} characters. Use the key's own.`
  const refused = refusedMembers.find((name) => Object.hasOwn(rest, name))
  return refused === undefined ? undefined : `The header of the JWT has "${refused}", which is not supported. Leave it out.`
}

const noObject = 'The header or the claims of the JWT are no JSON object. Encode JSON objects.'

/** Takes a compact JWS apart without believing any of it; the size is bounded before anything is split (RFC 7515 section 5.2). */
export const splitJws = (token: string): SplitJws => {
  if (token.length > charactersMax) return invalid(`The JWT is longer than ${charactersMax} characters. Send a smaller one.`)
  const parts = token.split('.', 4)
  if (parts.length !== 3) return invalid('The JWT has not exactly three parts. Send the compact form of a signed JWT.')
  if (!parts.every(isCanonical)) return invalid('A part of the JWT is not exact base64url. Encode it without padding.')
  const header = orUndefined(decodeProtectedHeader, token)
  if (header === undefined) return invalid(noObject)
  const fault = checkHeader(header)
  if (fault !== undefined) return invalid(fault)
  const { alg, kid } = header as { alg: string; kid?: string }
  return { kind: 'split', token: { header, alg, kid, isSigned: parts[2] !== '' } }
}

/** The same where the payload must be claims (RFC 7519 section 7.2). */
export const splitToken = (token: string): SplitToken => {
  const split = splitJws(token)
  if (split.kind === 'invalid') return split
  const claims = orUndefined(decodeJwt, token)
  return claims === undefined ? invalid(noObject) : { kind: 'split', token: { ...split.token, claims } }
}
