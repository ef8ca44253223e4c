import { base64url, decodeJwt, decodeProtectedHeader } from 'jose'

export type UnverifiedToken = {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
  readonly alg: string
  readonly kid: string | undefined
  readonly isSigned: boolean
}
export type SplitToken = { readonly kind: 'split'; readonly token: UnverifiedToken } | { readonly kind: 'invalid'; readonly rule: string }

const charactersMax = 16_384
const kidCharactersMax = 256
const alphabet = /^[A-Za-z0-9_-]*$/
// crit (RFC 7515 section 4.1.11) names extensions, and none is understood; b64 and zip change what is signed or how large it becomes; enc is a JWE.
const refusedMembers = ['crit', 'b64', 'zip', 'enc']

const invalid = (rule: string): SplitToken => ({ kind: 'invalid', rule })

/** One text for one byte string: spare bits and padding would give a token several spellings. */
const isCanonical = (part: string): boolean => {
  if (!alphabet.test(part)) return false
  try {
    return base64url.encode(base64url.decode(part)) === part
  } catch {
    return false
  }
}

const readObjects = (token: string): Pick<UnverifiedToken, 'header' | 'claims'> | undefined => {
  try {
    return { header: decodeProtectedHeader(token), claims: decodeJwt(token) }
  } catch {
    return undefined
  }
}

const checkHeader = ({ alg, kid, ...rest }: Readonly<Record<string, unknown>>): string | undefined => {
  if (typeof alg !== 'string') return 'The JWT names no algorithm. Set "alg" in its header.'
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > kidCharactersMax))
    return `The "kid" of the JWT is no text of at most ${kidCharactersMax} characters. Use the key's own.`
  const refused = refusedMembers.find((name) => Object.hasOwn(rest, name))
  return refused === undefined ? undefined : `The header of the JWT has "${refused}", which is not supported. Leave it out.`
}

/** Takes a compact JWT apart without believing any of it; the size is bounded before anything is split (RFC 7519 section 7.2). */
export const splitToken = (token: string): SplitToken => {
  if (token.length > charactersMax) return invalid(`The JWT is longer than ${charactersMax} characters. Send a smaller one.`)
  const parts = token.split('.', 4)
  if (parts.length !== 3) return invalid('The JWT has not exactly three parts. Send the compact form of a signed JWT.')
  if (!parts.every(isCanonical)) return invalid('A part of the JWT is not exact base64url. Encode it without padding.')
  const objects = readObjects(token)
  if (objects === undefined) return invalid('The header or the claims of the JWT are no JSON object. Encode JSON objects.')
  const fault = checkHeader(objects.header)
  if (fault !== undefined) return invalid(fault)
  const { alg, kid } = objects.header as { alg: string; kid?: string }
  return { kind: 'split', token: { ...objects, alg, kid, isSigned: parts[2] !== '' } }
}
