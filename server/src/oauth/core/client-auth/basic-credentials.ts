import { base64url } from 'jose'

const form = /^Basic ([A-Za-z0-9+/]+={0,2})$/i
const charactersMax = 4096
// What form-urlencoding can produce, and nothing a header could be split at.
const printable = /^[\x20-\x7e]*$/

/** Exact base64 only: alphabet, padding and spare bits (RFC 4648 sections 3.2 to 3.5). */
const decodeBase64 = (text: string): string | undefined => {
  if (text.length % 4 !== 0) return undefined
  const bare = text.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_')
  try {
    const bytes = base64url.decode(bare)
    return base64url.encode(bytes) === bare ? Array.from(bytes, (byte) => String.fromCharCode(byte)).join('') : undefined
  } catch {
    return undefined
  }
}

/** The form-urlencoding of RFC 6749 appendix B. */
const decodePart = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '))

/** Reads HTTP Basic credentials of a client (RFC 6749 section 2.3.1), or undefined where they are not exact. */
export const readBasicCredentials = (authorization: string): { readonly clientId: string; readonly secret: string } | undefined => {
  const encoded = authorization.length > charactersMax ? undefined : form.exec(authorization)?.[1]
  const text = encoded === undefined ? undefined : decodeBase64(encoded)
  const colon = text?.indexOf(':') ?? -1
  if (text === undefined || colon < 1 || !printable.test(text)) return undefined
  try {
    return { clientId: decodePart(text.slice(0, colon)), secret: decodePart(text.slice(colon + 1)) }
  } catch {
    return undefined
  }
}
