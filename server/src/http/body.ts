import { AppError, invalid } from './errors.ts'

export type RawBody = { readonly kind: 'json' | 'form'; readonly bytes: Buffer }

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

/** The body as the endpoint wants it; undefined where nothing was sent. */
export const readBody = (wanted: 'json' | 'form', raw: RawBody | undefined): unknown => {
  if (raw === undefined) return undefined
  if (raw.kind !== wanted) {
    const accepted = wanted === 'json' ? 'application/json' : 'application/x-www-form-urlencoded'
    throw new AppError({
      status: 415,
      code: 'unsupported-media-type',
      detail: `Unsupported media type. Send ${accepted}`,
      headers: { accept: accepted },
    })
  }
  const text = decode(raw.bytes)
  if (wanted === 'form') return parseForm(text)
  return text.trim() === '' ? undefined : parseJson(text)
}
