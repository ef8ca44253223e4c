import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { seal, unseal } from '../platform/seal.ts'

type Letter = { readonly html: string; readonly at: number }

const lifeMs = 600_000
const bytesMax = 1_048_576
/** The longest sealed letter, in characters. */
export const sealedLetterMax = 131_072

/** The purpose of the key that letters to be looked at are sealed with: `config.key(letterKeyPurpose)`. */
export const letterKeyPurpose = 'mail-previews'

const contextOf = (tenantId: string): string => `letter ${tenantId}`

type Sealing = { readonly tenantId: string; readonly html: string; readonly now: number }

/** The HTML of a mail, to be shown by this tenant within ten minutes; undefined where it is too large to travel in a form. */
export const sealLetter = (key: Uint8Array, { tenantId, html, now }: Sealing): string | undefined => {
  const plain = Buffer.from(JSON.stringify({ html, at: now } satisfies Letter))
  if (plain.length > bytesMax) return undefined
  const sealed = seal(key, deflateRawSync(plain), contextOf(tenantId)).toString('base64url')
  return sealed.length > sealedLetterMax ? undefined : sealed
}

type Opening = { readonly tenantId: string; readonly text: string; readonly now: number }

/** The HTML, where it was sealed here for this tenant within ten minutes. */
export const openLetter = (key: Uint8Array, { tenantId, text, now }: Opening): string | undefined => {
  const packed = unseal(key, Buffer.from(text, 'base64url'), contextOf(tenantId))
  if (packed === undefined) return undefined
  const { html, at } = JSON.parse(inflateRawSync(packed, { maxOutputLength: bytesMax }).toString('utf8')) as Letter
  return now - at > lifeMs ? undefined : html
}
