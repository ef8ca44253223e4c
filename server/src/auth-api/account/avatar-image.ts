/** An image that may be shown: of a kind told by its own bytes, whatever it was said to be. */
export type AvatarImage = { readonly mediaType: 'image/png' | 'image/jpeg' | 'image/webp'; readonly bytes: Uint8Array }

export type AvatarReading =
  | { readonly kind: 'image'; readonly image: AvatarImage }
  | { readonly kind: 'refused'; readonly sentence: string }

const edgeMax = 1024

type Size = { readonly width: number; readonly height: number }

const isAscii = (bytes: Buffer, at: number, text: string): boolean => bytes.subarray(at, at + text.length).toString('latin1') === text

// The header chunk comes first (PNG section 5.6).
const sizeOfPng = (bytes: Buffer): Size | undefined =>
  bytes.length >= 33 && bytes.readUInt32BE(8) === 13 && isAscii(bytes, 12, 'IHDR')
    ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
    : undefined

const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

// Segment by segment up to the frame header (ITU-T T.81 section B.2.2).
const sizeOfJpeg = (bytes: Buffer): Size | undefined => {
  let at = 2
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrame(marker)) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    if (marker === 0xda || marker === 0xd9) return undefined
    at += 2 + Math.max(2, bytes.readUInt16BE(at + 2))
  }
  return undefined
}

// RFC 9649 sections 2.5 to 2.7.
const sizeOfWebp = (bytes: Buffer): Size | undefined => {
  if (bytes.length < 30 || bytes.readUInt32LE(4) + 8 > bytes.length) return undefined
  if (isAscii(bytes, 12, 'VP8X')) return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
  if (isAscii(bytes, 12, 'VP8L') && bytes[20] === 0x2f) {
    const bits = bytes.readUInt32LE(21)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (isAscii(bytes, 12, 'VP8 ') && bytes.readUIntBE(23, 3) === 0x9d012a)
    return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
  return undefined
}

const kinds = [
  { mediaType: 'image/png', is: (bytes: Buffer) => isAscii(bytes, 0, '\x89PNG\r\n\x1a\n'), sizeOf: sizeOfPng },
  { mediaType: 'image/jpeg', is: (bytes: Buffer) => isAscii(bytes, 0, '\xff\xd8\xff'), sizeOf: sizeOfJpeg },
  { mediaType: 'image/webp', is: (bytes: Buffer) => isAscii(bytes, 0, 'RIFF') && isAscii(bytes, 8, 'WEBP'), sizeOf: sizeOfWebp },
] as const

const refused = (sentence: string): AvatarReading => ({ kind: 'refused', sentence })

/** A PNG, JPEG or WebP image of at most 1,024 by 1,024 pixels; drawings that can hold scripts are none. */
export const readAvatar = (sent: Uint8Array | undefined): AvatarReading => {
  const bytes = Buffer.from(sent ?? [])
  const kind = kinds.find(({ is }) => is(bytes))
  const size = kind?.sizeOf(bytes)
  if (kind === undefined || size === undefined || size.width < 1 || size.height < 1) return refused('This is no PNG, JPEG or WebP image')
  if (Math.max(size.width, size.height) > edgeMax) return refused(`The image has at most ${edgeMax} by ${edgeMax} pixels`)
  return { kind: 'image', image: { mediaType: kind.mediaType, bytes } }
}
