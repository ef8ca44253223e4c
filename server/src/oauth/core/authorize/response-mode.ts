import { OAuthError } from '../errors.ts'
import type { AuthorizingClient, ResponseMode } from './authorizing-client.ts'

const modes: readonly string[] = ['query', 'fragment', 'form_post']

export const defaultResponseMode = (responseType: string | undefined): ResponseMode =>
  responseType === undefined || responseType === 'code' || !responseType.includes('token') ? 'query' : 'fragment'

/** OAuth 2.0 Multiple Response Types section 2.1 and Form Post Response Mode; tokens never travel in a query. */
export const readResponseMode = (mode: string | undefined, responseType: string, client: AuthorizingClient): ResponseMode => {
  if (mode === undefined) return defaultResponseMode(responseType)
  if (!modes.includes(mode))
    throw new OAuthError('invalid_request', 'This response_mode is not supported. Use query, fragment or form_post, or leave it out.')
  if (mode === 'query' && responseType !== 'code')
    throw new OAuthError('invalid_request', 'response_mode=query must not carry tokens. Use fragment or form_post.')
  if (!client.responseModes.includes(mode))
    throw new OAuthError('invalid_request', 'This client is not registered for this response_mode. Add it to its response_modes.')
  return mode as ResponseMode
}

/** The mode by which an error goes back: what was asked for where that is possible, otherwise the default of the response type. */
export const responseModeOfErrors = (parameters: ReadonlyMap<string, string>, client: AuthorizingClient): ResponseMode => {
  const mode = parameters.get('response_mode')
  const byType = defaultResponseMode(parameters.get('response_type'))
  if (mode === undefined || !modes.includes(mode) || !client.responseModes.includes(mode)) return byType
  return mode === 'query' ? byType : (mode as ResponseMode)
}
