import { isObject } from './is-object.ts'

/** The parameters of a request object in the form that `parseParameters` gives those of a query. */
export type RequestedParameters = {
  readonly kind: 'read'
  readonly values: ReadonlyMap<string, string>
  readonly resources: readonly string[]
}

const membersMax = 100
// Claims about the object itself (RFC 7519 section 4.1) are no parameters of the request.
const claimsOfTheObject = new Set(['iss', 'aud', 'exp', 'nbf', 'iat', 'jti', 'sub'])

const invalid = (rule: string): { readonly kind: 'invalid'; readonly rule: string } => ({ kind: 'invalid', rule })

const textOf = (name: string, value: unknown): string | undefined => {
  if (typeof value === 'string') return value
  if (name === 'max_age' && Number.isSafeInteger(value) && (value as number) >= 0) return String(value)
  if (name === 'claims' && isObject(value)) return JSON.stringify(value)
  return undefined
}

const resourcesOf = (value: unknown): readonly string[] | undefined => {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return values.every((one) => typeof one === 'string') ? values.filter((one) => one !== '') : undefined
}

/** RFC 9101 section 4: members become parameters; an object within the object is refused, and so is a value of another type. */
export const readParameters = (
  claims: Readonly<Record<string, unknown>>,
): RequestedParameters | { readonly kind: 'invalid'; readonly rule: string } => {
  const members = Object.entries(claims).filter(([name]) => !claimsOfTheObject.has(name))
  if (members.length > membersMax) return invalid(`The request object has more than ${membersMax} members.`)
  const values = new Map<string, string>()
  let resources: readonly string[] = []
  for (const [name, value] of members) {
    if (name === 'request' || name === 'request_uri')
      return invalid(`The request object holds ${name}. Put the parameters into it directly.`)
    if (name === 'resource') {
      const found = resourcesOf(value)
      if (found === undefined) return invalid('The resource in the request object is neither a text nor a list of texts.')
      resources = [...new Set(found)]
      continue
    }
    const text = textOf(name, value)
    if (text === undefined)
      return invalid(`The member ${name.slice(0, 64)} of the request object has a type that its parameter cannot have.`)
    // As in a query, a parameter without a value counts as absent (RFC 6749 section 3.1).
    if (text !== '') values.set(name, text)
  }
  return { kind: 'read', values, resources }
}
