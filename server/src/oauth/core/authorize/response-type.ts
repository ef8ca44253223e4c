import { OAuthError } from '../errors.ts'
import type { CheckInput } from './check.ts'

export type ResponseType = 'code' | 'id_token' | 'id_token token'
const known: readonly string[] = ['code', 'id_token', 'id_token token']

/** The words of `response_type` in alphabetical order (RFC 6749 section 3.1.1: their order does not matter). */
export const readResponseType = ({ parameters, client }: CheckInput): ResponseType => {
  const given = parameters.get('response_type')
  if (given === undefined) throw new OAuthError('invalid_request', 'response_type is missing. Send response_type=code.')
  const type = given
    .split(' ')
    .filter((word) => word !== '')
    .sort()
    .join(' ')
  if (!known.includes(type))
    throw new OAuthError('unsupported_response_type', 'This response_type is not supported. Send response_type=code.')
  if (!client.responseTypes.includes(type))
    throw new OAuthError(
      type === 'code' ? 'unauthorized_client' : 'unsupported_response_type',
      'This client is not registered for this response_type. Add it to the response_types of the client, or send response_type=code.',
    )
  return type as ResponseType
}
