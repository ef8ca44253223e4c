import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

type Packed = { readonly br: Buffer; readonly gzip: Buffer }
type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

const known = new WeakMap<Uint8Array, Packed>()

const pack = (bytes: Uint8Array): Packed => {
  const found = known.get(bytes)
  if (found !== undefined) return found
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }
  const packed = { br: brotliCompressSync(bytes, quality), gzip: gzipSync(bytes, { level: 9 }) }
  known.set(bytes, packed)
  return packed
}

// A coding with the weight 0 is refused; any other weight, and none, is a yes (RFC 9110 section 12.5.3).
const accepts = (header: string, coding: string): boolean =>
  header.split(',', 16).some((part) => {
    const [name = '', weight = ''] = part.split(';', 2).map((one) => one.trim().toLowerCase())
    return name === coding && !/^q=0(?:\.0*)?$/.test(weight)
  })

/**
 * Static bytes in the smallest coding that is accepted, packed at their first request and kept with them. For content without secrets alone: the size
 * of a packed page tells of the secrets in it (BREACH), so pages are sent as they are.
 */
export const packedReply = (bytes: Uint8Array, { 'accept-encoding': accepted }: Headers, headers: Readonly<Record<string, string>>) => {
  const header = String(accepted ?? '').slice(0, 256)
  const coding = (['br', 'gzip'] as const).find((one) => accepts(header, one))
  const common = { ...headers, vary: 'Accept-Encoding' }
  return coding === undefined
    ? { status: 200 as const, body: bytes, headers: common }
    : { status: 200 as const, body: pack(bytes)[coding], headers: { ...common, 'content-encoding': coding } }
}
