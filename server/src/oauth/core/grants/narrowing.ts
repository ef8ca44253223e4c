import { OAuthError } from '../errors.ts'
import { parseScope } from '../scope.ts'
import type { TokenRequest } from './grant.ts'

const tooMuch = (): OAuthError =>
  new OAuthError('invalid_scope', 'scope asks for more than was granted. Leave it out or name a part of it.')

/** The scope asked for, or undefined where the request names none. */
export const askedScope = ({ parameters }: TokenRequest): readonly string[] | undefined => {
  const given = parameters.get('scope')
  if (given === undefined) return undefined
  const scope = parseScope(given)
  if (scope === undefined) throw tooMuch()
  return scope
}

/** The scope asked for, which may only be part of what was granted (RFC 6749 section 6). */
export const narrowScope = (request: TokenRequest, granted: readonly string[]): readonly string[] => {
  const scope = askedScope(request) ?? granted
  if (scope.some((one) => !granted.includes(one))) throw tooMuch()
  return scope
}

/** The resources asked for, part of what was granted (RFC 8707 section 2.2); all of them where none is named. */
export const narrowResources = ({ resources }: TokenRequest, granted: readonly string[]): readonly string[] => {
  if (resources.length === 0) return granted
  if (resources.some((one) => !granted.includes(one)))
    throw new OAuthError('invalid_target', 'resource names an API that was not granted. Ask for it in the authorization request.')
  return resources
}
