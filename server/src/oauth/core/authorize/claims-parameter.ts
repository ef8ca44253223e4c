import { OAuthError } from '../errors.ts'
import { isStorable } from '../storable.ts'
import type { CheckInput } from './check.ts'

export type ClaimRequest = { readonly essential?: boolean; readonly value?: unknown; readonly values?: readonly unknown[] }
export type ClaimsOfPlace = Readonly<Record<string, ClaimRequest>>
/** The `claims` request parameter (OpenID Connect Core section 5.5). */
export type ClaimsRequest = { readonly userinfo: ClaimsOfPlace; readonly idToken: ClaimsOfPlace }

const charactersMax = 4096
const claimsMax = 100

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const malformed = (what: string): OAuthError =>
  new OAuthError('invalid_request', `claims is not as OpenID Connect Core section 5.5 says: ${what}.`)

const readOne = (name: string, given: unknown): ClaimRequest => {
  if (given === null) return {}
  if (!isObject(given)) throw malformed(`the request for ${name.slice(0, 64)} is neither null nor an object`)
  const { essential, value, values } = given
  if (essential !== undefined && typeof essential !== 'boolean') throw malformed('essential is not true or false')
  if (values !== undefined && (!Array.isArray(values) || values.length === 0)) throw malformed('values is not a list')
  return {
    ...(essential === undefined ? {} : { essential }),
    ...(value === undefined ? {} : { value }),
    ...(values === undefined ? {} : { values: values as unknown[] }),
  }
}

const readPlace = (given: unknown): ClaimsOfPlace => {
  if (given === undefined || given === null) return {}
  if (!isObject(given)) throw malformed('userinfo and id_token must be objects')
  const entries = Object.entries(given)
  if (entries.length > claimsMax) throw malformed(`more than ${claimsMax} claims`)
  return Object.fromEntries(entries.map(([name, one]) => [name, readOne(name, one)]))
}

export const noClaims: ClaimsRequest = { userinfo: {}, idToken: {} }

export const readClaims = ({ parameters }: CheckInput): ClaimsRequest => {
  const text = parameters.get('claims')
  if (text === undefined) return noClaims
  if (text.length > charactersMax) throw malformed(`longer than ${charactersMax} characters`)
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    throw malformed('not JSON')
  }
  if (!isObject(given)) throw malformed('not an object')
  if (!isStorable(given)) throw malformed('a text holds U+0000 or half of a surrogate pair, or it is nested in more than 32 levels')
  return { userinfo: readPlace(given['userinfo']), idToken: readPlace(given['id_token']) }
}
