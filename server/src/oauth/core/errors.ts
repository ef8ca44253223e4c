/** Error codes of RFC 6749, RFC 7591, RFC 8628, RFC 8707, RFC 9101, RFC 9126, RFC 7009 and OpenID Connect Core section 3.1.2.6. */
export type OAuthErrorCode =
  | 'access_denied'
  | 'account_selection_required'
  | 'authorization_pending'
  | 'consent_required'
  | 'expired_token'
  | 'interaction_required'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_request'
  | 'invalid_request_object'
  | 'invalid_request_uri'
  | 'invalid_scope'
  | 'invalid_target'
  | 'login_required'
  | 'registration_not_supported'
  | 'request_not_supported'
  | 'request_uri_not_supported'
  | 'slow_down'
  | 'unauthorized_client'
  | 'unmet_authentication_requirements'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'unsupported_token_type'

// RFC 6749 sections 4.1.2.1 and 5.2: printable ASCII without quote and backslash, also where a description repeats what was sent.
const asDescription = (text: string): string => text.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, '?')

/** A refusal in the words of a specification: `description` is public, `rule` is one sentence for the developer's log. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError'
  readonly error: OAuthErrorCode
  readonly description: string
  readonly rule: string
  constructor(error: OAuthErrorCode, description: string, rule = description) {
    super(error)
    this.error = error
    this.description = asDescription(description)
    this.rule = rule
  }
}
