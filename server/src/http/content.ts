import type { Readable } from 'node:stream'
import { Type } from 'typebox'

export const contentMarker = 'x-content-type'

/** An answer that is written as it is, text or bytes of the given media type; `documented` is the schema that the documentation shows for it. */
export const content = (mediaType: string, documented: object = { type: 'string' }) =>
  Type.Unsafe<string | Uint8Array>({ ...documented, [contentMarker]: mediaType })

/** An answer that is written as it comes, of any size, of the given media type or the one that its headers name. */
export const streamed = (mediaType = 'negotiated') => Type.Unsafe<Readable>({ type: 'string', [contentMarker]: mediaType })

/** An answer without a body. */
export const empty = Type.Unsafe<undefined>({ [contentMarker]: 'none' })

export const mediaTypeOf = (schema: object): string => (schema as Record<string, string>)[contentMarker] ?? 'application/json'
