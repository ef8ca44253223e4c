import { OAuthError } from '../core/errors.ts'
import { type Parameters, parseParameters } from '../core/params.ts'

type Raw = { readonly query: string; readonly form: string | undefined }

/** The parameters of a back-channel request: a form in the body, nothing in the URL, nothing twice (RFC 6749 sections 2.3.1 and 3.2). */
export const readForm = ({ query, form }: Raw): Parameters => {
  if (query !== '') throw new OAuthError('invalid_request', 'Parameters do not belong into the URL here. Send them as a form in the body.')
  if (form === undefined)
    throw new OAuthError('invalid_request', 'The body must be a form: Content-Type application/x-www-form-urlencoded.')
  const parsed = parseParameters(form)
  if (parsed.isMalformed) throw new OAuthError('invalid_request', 'The form is malformed or has too many parameters.')
  const [repeated] = parsed.repeated
  if (repeated !== undefined) throw new OAuthError('invalid_request', `The parameter ${repeated.slice(0, 64)} was sent more than once.`)
  return parsed
}
