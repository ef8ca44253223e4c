import type { JWTPayload } from 'jose'
import { type Challenged, type Refusal, refusalOf } from './refusal.ts'

/** An access token of RFC 9068 whose signature, issuer, audience and time have been checked. */
export type AccessToken = {
  /** The user, or the client where it acts for itself. */
  readonly subject: string
  readonly clientId: string
  readonly scopes: readonly string[]
  /** Seconds since 1970. */
  readonly expiresAt: number
  /** The authentication context class of the sign-in, where the token says it. */
  readonly acr: string | undefined
  /** When the person last signed in, in seconds since 1970, where the token says it. */
  readonly authTime: number | undefined
  /** The thumbprint of the key that the token is bound to (RFC 9449 section 6). */
  readonly boundTo: string | undefined
  readonly claims: Readonly<JWTPayload>
  /** How refusals of this request are put. */
  readonly challenged: Challenged
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const thumbprintOf = (confirmation: unknown): string | undefined =>
  typeof confirmation === 'object' && confirmation !== null ? textOf((confirmation as Record<string, unknown>)['jkt']) : undefined

/** Undefined where a claim that RFC 9068 section 2.2 requires has another form. */
export const accessTokenOfClaims = (claims: JWTPayload, challenged: Challenged): AccessToken | undefined => {
  const { sub, exp, cnf, auth_time: authTime } = claims
  const clientId = textOf(claims['client_id'])
  const scope = claims['scope'] ?? ''
  if (typeof sub !== 'string' || sub === '' || clientId === undefined || exp === undefined || typeof scope !== 'string') return undefined
  const boundTo = thumbprintOf(cnf)
  // Bound in a way that is not known here: whoever presents it proves nothing.
  if (cnf !== undefined && boundTo === undefined) return undefined
  return {
    subject: sub,
    clientId,
    scopes: scope.split(' ').filter((one) => one !== ''),
    expiresAt: exp,
    acr: textOf(claims['acr']),
    authTime: typeof authTime === 'number' ? authTime : undefined,
    boundTo,
    claims,
    challenged,
  }
}

/** Throws `AccessRefused` where the token lacks one of the scopes. */
export const requireScope = ({ scopes, challenged }: AccessToken, ...wanted: readonly string[]): void => {
  if (wanted.every((one) => scopes.includes(one))) return
  throw refusalOf(challenged, {
    code: 'insufficient_scope',
    description: 'The access token does not allow this',
    parameters: { scope: wanted.join(' ') },
  })
}

export type StepUpDemand = {
  /** Context classes of which the sign-in must have reached one, the preferred first. */
  readonly acr?: string | readonly string[]
  /** Seconds that the sign-in may be old. */
  readonly maxAge?: number
}

const stepUpRefusal = (description: string, { acr, maxAge }: StepUpDemand): Refusal => ({
  code: 'insufficient_user_authentication',
  description,
  parameters: {
    acr_values: acr === undefined ? undefined : [acr].flat().join(' '),
    max_age: maxAge === undefined ? undefined : String(maxAge),
  },
})

/** Throws `AccessRefused` with what is wanted where the sign-in was weaker or longer ago (RFC 9470), or the token does not say. */
export const requireStepUp = (token: AccessToken, demand: StepUpDemand & { readonly now?: () => Date }): void => {
  const { acr, maxAge, now = () => new Date() } = demand
  if (acr !== undefined && !(token.acr !== undefined && [acr].flat().includes(token.acr)))
    throw refusalOf(token.challenged, stepUpRefusal('A stronger sign-in is needed', demand))
  if (maxAge === undefined) return
  const age = token.authTime === undefined ? Number.POSITIVE_INFINITY : Math.floor(now().getTime() / 1000) - token.authTime
  if (age > maxAge) throw refusalOf(token.challenged, stepUpRefusal('A more recent sign-in is needed', demand))
}
