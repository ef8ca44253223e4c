/** The parameters of a request: each once, those without a value left out; the names that came twice; and the repeatable `resource`. */
export type Parameters = {
  readonly values: ReadonlyMap<string, string>
  readonly resources: readonly string[]
  readonly repeated: readonly string[]
  readonly isMalformed: boolean
}

const parametersMax = 100

const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '))

const pairOf = (part: string): readonly [string, string] => {
  const mark = part.indexOf('=')
  return mark === -1 ? [decode(part), ''] : [decode(part.slice(0, mark)), decode(part.slice(mark + 1))]
}

const pairsOf = (text: string): readonly (readonly [string, string])[] | undefined => {
  const parts = text.split('&').filter((part) => part !== '')
  if (parts.length > parametersMax) return undefined
  try {
    return parts.map(pairOf)
  } catch {
    return undefined
  }
}

const none: Parameters = { values: new Map(), resources: [], repeated: [], isMalformed: true }

/**
 * Reads `application/x-www-form-urlencoded` text: a parameter without a value counts as absent and none may be repeated
 * (RFC 6749 section 3.1), `resource` aside (RFC 8707 section 2). Nothing is taken first or last: a repeated name is reported and has no value.
 */
export const parseParameters = (text: string): Parameters => {
  const pairs = pairsOf(text)
  if (pairs === undefined) return none
  const values = new Map<string, string>()
  const seen = new Set<string>()
  const repeated = new Set<string>()
  const resources: string[] = []
  for (const [name, value] of pairs) {
    if (name === 'resource') {
      if (value !== '') resources.push(value)
      continue
    }
    if (seen.has(name)) repeated.add(name)
    seen.add(name)
    if (value !== '') values.set(name, value)
  }
  for (const name of repeated) values.delete(name)
  return { values, resources: [...new Set(resources)], repeated: [...repeated], isMalformed: false }
}
