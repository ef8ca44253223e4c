import { OAuthError } from '../errors.ts'
import type { CheckInput } from './check.ts'

/** Seconds since the person last signed in that the client accepts (OpenID Connect Core section 3.1.2.1). */
export const readMaxAge = ({ parameters, client }: CheckInput): number | undefined => {
  const given = parameters.get('max_age')
  if (given === undefined) return client.defaultMaxAge
  if (!/^\d{1,10}$/.test(given)) throw new OAuthError('invalid_request', 'max_age must be a number of seconds, 0 or more.')
  return Number(given)
}
