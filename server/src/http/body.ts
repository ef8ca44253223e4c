import { AppError, invalid } from './errors.ts'
import type { RawRequest } from './route.ts'

export type RawBody = { readonly kind: 'json' | 'form' | 'image'; readonly bytes: Buffer }

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const decode = (bytes: Buffer): string => {
  try {
    return decoder.decode(bytes)
  } catch {
    throw invalid([{ type: 'string_unicode', loc: ['body'], msg: 'The body is not UTF-8', input: null }])
  }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid([{ type: 'json_invalid', loc: ['body'], msg: 'The body is not JSON', input: null }])
  }
}

// A parameter that is sent twice becomes a list, which no schema accepts: never the first, never the last.
const parseForm = (text: string): Record<string, unknown> => {
  const form: Record<string, unknown> = Object.create(null)
  for (const [name, value] of new URLSearchParams(text)) {
    const known = form[name]
    if (Array.isArray(known)) known.push(value)
    else form[name] = known === undefined ? value : [known, value]
  }
  return { ...form }
}

const unsupported = (accepted: string): AppError =>
  new AppError({
    status: 415,
    code: 'unsupported-media-type',
    detail: `Unsupported media type. Send ${accepted}`,
    headers: { accept: accepted },
  })

/** The body as the endpoint wants it; undefined where nothing was sent. */
export const readBody = (wanted: 'json' | 'form', raw: RawBody | undefined): unknown => {
  if (raw === undefined) return undefined
  if (raw.kind !== wanted) {
    throw unsupported(wanted === 'json' ? 'application/json' : 'application/x-www-form-urlencoded')
  }
  const text = decode(raw.bytes)
  if (wanted === 'form') return parseForm(text)
  return text.trim() === '' ? undefined : parseJson(text)
}

const formType = 'application/x-www-form-urlencoded'

/** The bytes of an image; undefined where nothing was sent. */
export const imageBytes = (raw: RawBody | undefined): Uint8Array | undefined => {
  if (raw !== undefined && raw.kind !== 'image') throw unsupported('image/png, image/jpeg, image/webp')
  return raw?.bytes
}

/** The request as it was sent, for endpoints that refuse in the words of their own specification. */
export const rawRequest = (url: string, contentType: string | undefined, raw: RawBody | undefined): RawRequest => {
  const mark = url.indexOf('?')
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase()
  const isForm = raw?.kind === 'form' || (raw === undefined && mediaType === formType)
  return {
    query: mark === -1 ? '' : url.slice(mark + 1),
    form: isForm ? (raw?.bytes.toString('utf8') ?? '') : undefined,
    mediaType: raw?.kind === 'json' ? 'application/json' : mediaType,
  }
}

/** Any JSON value; undefined where the body is none. */
export const anyJson = (raw: RawBody | undefined): unknown => {
  if (raw?.kind !== 'json') return undefined
  try {
    return JSON.parse(decoder.decode(raw.bytes))
  } catch {
    return undefined
  }
}
