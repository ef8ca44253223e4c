import { changedMeanwhile } from './errors.ts'

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** The entity tag of a version (RFC 9110 section 8.8.3). */
export const etagOf = (version: number | string): string => `"${version}"`

/**
 * The version that `If-Match` demands; undefined where it says nothing or `*`. Throws 412 for a tag that is none of ours.
 * Where several are listed the first counts: a client knows one version of what it changes.
 */
export const demandedVersion = (headers: Headers): string | undefined => {
  const text = headers['if-match']
  if (text === undefined) return undefined
  const first = String(text).split(',')[0]?.trim() ?? ''
  if (first === '*') return undefined
  const tag = /^"([A-Za-z0-9._-]{1,64})"$/.exec(first)?.[1]
  if (tag === undefined) throw changedMeanwhile()
  return tag
}
