import { Type } from 'typebox'

const marker = 'x-content-type'

/** An answer that is not JSON made here: text or bytes of the given media type. */
export const content = (mediaType: string) => Type.Unsafe<string | Uint8Array>({ type: 'string', [marker]: mediaType })

/** An answer without a body. */
export const empty = Type.Unsafe<undefined>({ [marker]: 'none' })

export const mediaTypeOf = (schema: object): string => (schema as Record<string, string>)[marker] ?? 'application/json'
