import { equalBytes, hmacSha256 } from '../platform/digest.ts'
import { AppError } from './errors.ts'

const macBytes = 16
const charactersMax = 2048

/** Whose list it is, and which: a place in one means nothing in another. */
export type CursorScope = { readonly tenantId: string; readonly list: string }

const macOf = (key: Uint8Array, { tenantId, list }: CursorScope, place: string): Buffer =>
  hmacSha256(key, JSON.stringify(['cursor', tenantId, list, place])).subarray(0, macBytes)

/** The place where a page ended, as the next page's `cursor`. */
export const printCursor = (key: Uint8Array, scope: CursorScope, place: readonly (string | number)[]): string => {
  const text = JSON.stringify(place)
  return `${Buffer.from(text).toString('base64url')}.${macOf(key, scope, text).toString('base64url')}`
}

/** Throws the 422 for whatever was not made here for this list of this tenant (attack case S-07). */
export const readCursor = (key: Uint8Array, scope: CursorScope, text: string): readonly (string | number)[] => {
  const [place = '', mac = '', ...rest] = text.slice(0, charactersMax).split('.')
  const plain = Buffer.from(place, 'base64url').toString('utf8')
  if (rest.length === 0 && equalBytes(Buffer.from(mac, 'base64url'), macOf(key, scope, plain))) return JSON.parse(plain)
  const problem = {
    type: 'value_error',
    loc: ['query', 'cursor'],
    msg: 'This is no place in this list. Begin without a cursor',
    input: null,
  }
  throw new AppError({ status: 422, code: 'invalid-request', detail: [problem] })
}
