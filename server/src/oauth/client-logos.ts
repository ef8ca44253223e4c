import { LRUCache } from 'lru-cache'
import type { GuardedBytes } from '../platform/guarded-fetch/guarded-fetch.ts'
import { type ImageType, imageTypeOf } from '../platform/image-type.ts'

/** A picture that an application publishes, as we serve it. */
export type LogoPicture = { readonly bytes: Uint8Array; readonly mediaType: ImageType }

/** The picture at an address, from memory where it is known; undefined where there is none to be had now. */
export type ClientLogos = { readonly find: (url: string) => Promise<LogoPicture | undefined> }

const bytesMax = 65_536
const cacheBytesMax = 33_554_432
const keptMs = 3_600_000
const missingMs = 300_000
/** Fetches at the same time: whoever registers slow addresses keeps no more than these waiting. */
const fetchesMax = 8

type Kept = { readonly picture: LogoPicture | undefined }

const read = (label: string | undefined, bytes: Uint8Array): LogoPicture | undefined => {
  const mediaType = imageTypeOf(bytes)
  // What calls itself something else than it is, is meant for somebody who guesses.
  return mediaType !== undefined && label?.split(';')[0]?.trim().toLowerCase() === mediaType ? { bytes, mediaType } : undefined
}

/** Fetches the logos of applications in place of browsers: each once an hour, however many ask, and a failed one again after five minutes. */
export const createClientLogos = ({ fetch }: { readonly fetch: GuardedBytes }): ClientLogos => {
  const known = new LRUCache<string, Kept>({
    max: 2000,
    maxSize: cacheBytesMax,
    sizeCalculation: ({ picture }) => (picture?.bytes.length ?? 0) + 500,
    ttl: keptMs,
  })
  const underWay = new Map<string, Promise<LogoPicture | undefined>>()

  const load = async (url: string): Promise<LogoPicture | undefined> => {
    try {
      const { status, headers, bytes } = await fetch(url, {
        accept: 'image/png, image/jpeg, image/webp, image/gif, image/svg+xml',
        bytesMax,
      })
      return status === 200 ? read(headers['content-type'], bytes) : undefined
    } catch {
      return undefined
    }
  }

  const begin = (url: string): Promise<LogoPicture | undefined> => {
    const loading = load(url).then((picture) => {
      known.set(url, { picture }, { ttl: picture === undefined ? missingMs : keptMs })
      underWay.delete(url)
      return picture
    })
    underWay.set(url, loading)
    return loading
  }

  return {
    find: async (url) => {
      const kept = known.get(url)
      if (kept !== undefined) return kept.picture
      const loading = underWay.get(url)
      if (loading !== undefined) return loading
      return underWay.size >= fetchesMax ? undefined : begin(url)
    },
  }
}
