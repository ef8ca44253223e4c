import { equalBytes, hmacSha256 } from '../../platform/digest.ts'
import { isUuid } from '../../platform/ids.ts'

export type Place = { readonly at: string; readonly id: string }
export type Whose = { readonly tenantId: string; readonly userId: string }

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/
const macBytes = 16

const macOf = (key: Uint8Array, { tenantId, userId }: Whose, { at, id }: Place): Buffer =>
  hmacSha256(key, JSON.stringify(['activity', tenantId, userId, at, id])).subarray(0, macBytes)

/** The place where a page ended, which means nothing for anybody else. */
export const printCursor = (key: Uint8Array, whose: Whose, place: Place): string =>
  `${Buffer.from(JSON.stringify([place.at, place.id])).toString('base64url')}.${macOf(key, whose, place).toString('base64url')}`

/** Undefined where it was not made here for this person, to the last bit. */
export const readCursor = (key: Uint8Array, whose: Whose, text: string): Place | undefined => {
  const [place = '', mac = '', ...rest] = text.slice(0, 256).split('.')
  if (rest.length > 0) return undefined
  try {
    const [at, id] = JSON.parse(Buffer.from(place, 'base64url').toString('utf8')) as unknown[]
    if (typeof at !== 'string' || typeof id !== 'string' || !instant.test(at) || !isUuid(id)) return undefined
    const own = { at, id }
    return equalBytes(Buffer.from(mac, 'base64url'), macOf(key, whose, own)) && printCursor(key, whose, own) === text ? own : undefined
  } catch {
    return undefined
  }
}
