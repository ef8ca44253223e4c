export type RefusalCode =
  | 'missing_token'
  | 'invalid_request'
  | 'invalid_token'
  | 'insufficient_scope'
  | 'insufficient_user_authentication'
  | 'invalid_dpop_proof'
  | 'use_dpop_nonce'
  | 'temporarily_unavailable'

const statuses: Readonly<Record<RefusalCode, number>> = {
  missing_token: 401,
  invalid_request: 400,
  invalid_token: 401,
  insufficient_scope: 403,
  // RFC 9470 section 3.
  insufficient_user_authentication: 401,
  invalid_dpop_proof: 401,
  use_dpop_nonce: 401,
  temporarily_unavailable: 503,
}

export type Scheme = 'Bearer' | 'DPoP'

/** Which schemes a challenge offers, and which proofs: with `dpopAlgorithms` also DPoP (RFC 9449 section 7.1). */
export type Challenged = {
  readonly schemes: readonly Scheme[]
  readonly realm?: string | undefined
  readonly dpopAlgorithms?: readonly string[] | undefined
}

// A quoted string of RFC 9110 section 5.6.4 within the bounds of RFC 6750 section 3; nothing else leaves.
const quoted = (value: string): string => `"${value.replaceAll(/[^\x20-\x7e]/g, '').replaceAll(/["\\]/g, (one) => `\\${one}`)}"`

const challengeOf = (scheme: Scheme, parameters: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${quoted(value)}`]))
  return [scheme, given.join(', ')].filter((part) => part !== '').join(' ')
}

/** A request that an API does not serve. Frameworks that read `status`, `statusCode` and `headers` of an error answer rightly by themselves. */
export class AccessRefused extends Error {
  readonly code: RefusalCode
  readonly status: number
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>

  constructor(code: RefusalCode, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.name = 'AccessRefused'
    this.code = code
    this.status = statuses[code]
    this.statusCode = this.status
    this.headers = { 'cache-control': 'no-store', ...headers }
  }
}

export type Refusal = {
  readonly code: RefusalCode
  readonly description: string
  /** Further parameters of the challenge, such as `scope`. */
  readonly parameters?: Readonly<Record<string, string | undefined>>
  readonly headers?: Readonly<Record<string, string>>
}

/** The refusal with its `WWW-Authenticate` (RFC 6750 section 3, RFC 9449 section 7.1). A request without a token learns no error. */
export const refusalOf = (challenged: Challenged, { code, description, parameters = {}, headers = {} }: Refusal): AccessRefused => {
  if (code === 'temporarily_unavailable') return new AccessRefused(code, description, { 'retry-after': '5', ...headers })
  const error = code === 'missing_token' ? {} : { error: code, error_description: description }
  const challenges = challenged.schemes.map((scheme) =>
    challengeOf(scheme, {
      realm: challenged.realm,
      ...error,
      ...parameters,
      algs: scheme === 'DPoP' ? challenged.dpopAlgorithms?.join(' ') : undefined,
    }),
  )
  return new AccessRefused(code, description, { 'www-authenticate': challenges.join(', '), ...headers })
}

/** The body of a refusal. */
export const refusalBody = ({ code, message }: AccessRefused): { readonly error: string; readonly error_description: string } => ({
  error: code,
  error_description: message,
})

/** The refusal as an answer, for whatever speaks `Response`. */
export const refusalResponse = (refusal: AccessRefused): Response =>
  Response.json(refusalBody(refusal), { status: refusal.status, headers: refusal.headers })
