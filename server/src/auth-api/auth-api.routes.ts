import { normalizePassword } from '../credentials/password/password.ts'
import { AppError, invalid, tooMany } from '../http/errors.ts'
import { type AnyRoute, type Limit, publicRoute, route, signedIn } from '../http/route.ts'
import type { FieldProblem, SignIn, SignUp } from '../login/login.ts'
import type { Failpoint } from '../platform/failpoint.ts'
import { Detail, Me, PasswordForm, RefreshForm, Registered, Registration, RevokeForm, Tokens } from './schemas.ts'
import type { Pair, TokenPair, TokenService } from './tokens.ts'

export type AuthApiDeps = {
  readonly signUp: SignUp
  readonly signIn: SignIn
  readonly tokens: TokenService
  readonly failpoint: Failpoint
  readonly limits: { readonly register: number; readonly signIn: number; readonly others: number }
}

const clientId = 'account-api'
const scope = 'account'
const tag = 'account'
const perMinute = (max: number): Limit => ({ by: 'address', max, seconds: 60 })
const why = publicRoute('the credentials are in the request itself')

const refused = (detail: string): AppError =>
  new AppError({ status: 401, code: 'refused', detail, headers: { 'www-authenticate': 'Bearer' } })

const notAllowed = (detail: string): AppError => new AppError({ status: 403, code: 'not-allowed', detail })

const made = (pair: Pair): TokenPair => {
  if ('kind' in pair) throw notAllowed(pair.sentence)
  return pair
}

const asValidation = (problems: readonly FieldProblem[], body: Readonly<Record<string, string>>) =>
  invalid(
    problems.map(({ field, code, sentence }) => ({
      type: code,
      loc: ['body', field],
      msg: sentence,
      input: field === 'password' ? null : (body[field] ?? '').slice(0, 256),
    })),
  )

const takenDetail = { username: 'Username already registered', email: 'Email already registered' } as const

const register = ({ signUp, failpoint, limits }: AuthApiDeps): AnyRoute =>
  route({
    method: 'POST',
    path: '/auth/register',
    summary: 'Register an account',
    tag,
    auth: publicRoute('whoever registers has no account yet'),
    limit: perMinute(limits.register),
    audit: { event: 'user.registered' },
    isCredential: true,
    request: { body: Registration },
    responses: { 200: Registered, 400: Detail, 403: Detail },
    handle: async ({ tenantId, body, events }) => {
      const outcome = await signUp({ tenantId, input: body, via: 'account-api', events })
      if (outcome.kind === 'invalid') throw asValidation(outcome.problems, body)
      if (outcome.kind === 'closed') return { status: 403, body: { detail: outcome.sentence } }
      if (outcome.kind === 'taken') return { status: 400, body: { detail: takenDetail[outcome.which] } }
      await failpoint('after-commit-before-response')
      const { number, username, email } = outcome
      return { status: 200, body: { id: number, username, email } }
    },
  })

const unfinished = {
  'first-factor': 'Incorrect username or password',
  'second-factor': 'Second factor required. Send its code as otp',
  'enrol-second-factor': 'Second factor required. Set one up on the sign-in page first',
} as const

const token = ({ signIn, tokens, failpoint, limits }: AuthApiDeps): AnyRoute =>
  route({
    method: 'POST',
    path: '/auth/token',
    summary: 'Sign in with a user name or e-mail address and a password',
    description: 'The form of the OAuth 2.0 password flow. Begins a session and gives an access token with a refresh token.',
    tag,
    auth: why,
    limit: perMinute(limits.signIn),
    audit: { event: 'sign_in.succeeded' },
    isCredential: true,
    request: { form: PasswordForm },
    responses: { 200: Tokens, 401: Detail },
    handle: async ({ tenantId, body, events, origin }) => {
      const password = normalizePassword(body.password)
      if (password.kind === 'refused')
        throw invalid([{ type: password.reason, loc: ['body', 'password'], msg: password.sentence, input: null }])
      tokens.assertCanIssue()
      const { username: name, otp: secondAnswer } = body
      const outcome = await signIn({ tenantId, name, secret: password.secret, secondAnswer, clientId, scope, origin, events })
      if (outcome.kind === 'limited') throw tooMany(outcome.retryAfterSeconds, 'Too many failed attempts. Try again later.')
      if (outcome.kind === 'not-allowed') throw notAllowed(outcome.sentence)
      if (outcome.kind === 'unfinished') throw refused(unfinished[outcome.step])
      if (outcome.kind === 'refused')
        throw refused(outcome.reason === 'wrong-second-factor' ? 'Incorrect second factor' : 'Incorrect username or password')
      await failpoint('after-commit-before-response')
      return { status: 200, body: made(await tokens.firstPair(tenantId, { ...outcome, clientId, scope }, events)) }
    },
  })

const me = ({ tokens, limits }: AuthApiDeps): AnyRoute =>
  route({
    method: 'GET',
    path: '/auth/me',
    summary: 'Who is signed in',
    tag,
    auth: signedIn,
    limit: { by: 'actor', max: limits.others, seconds: 60 },
    audit: { none: 'reads only' },
    isCredential: true,
    responses: { 200: Me },
    handle: async ({ actor }) => {
      const view = await tokens.view(actor)
      if (view === undefined) throw refused('Invalid authentication credentials')
      return { status: 200, body: { id: view.number, username: view.username, email: view.email } }
    },
  })

const refresh = ({ tokens, failpoint, limits }: AuthApiDeps): AnyRoute =>
  route({
    method: 'POST',
    path: '/auth/token/refresh',
    summary: 'Exchange a refresh token for a new pair',
    description: 'A token that was spent within the last seconds gets the same successor again; an older one ends the session.',
    tag,
    auth: why,
    limit: perMinute(limits.others),
    audit: { none: 'a refresh is not audited row by row; a reused token is, by the statement that finds it' },
    isCredential: true,
    request: { form: RefreshForm },
    responses: { 200: Tokens, 401: Detail },
    handle: async ({ tenantId, body, events }) => {
      const pair = await tokens.refresh({ tenantId, refreshToken: body.refresh_token, clientId, events })
      if (pair === undefined) throw refused('Invalid or revoked refresh token')
      await failpoint('after-commit-before-response')
      return { status: 200, body: made(pair) }
    },
  })

const revoke = ({ tokens, limits }: AuthApiDeps): AnyRoute =>
  route({
    method: 'POST',
    path: '/auth/token/revoke',
    summary: 'Revoke a refresh token and end its session',
    description: 'The answer is the same for a token that is unknown or revoked already.',
    tag,
    auth: why,
    limit: perMinute(limits.others),
    audit: { none: 'the event session.ended is written where there was a session to end' },
    isCredential: true,
    request: { form: RevokeForm },
    responses: { 200: Detail },
    handle: async ({ tenantId, body, events }) => {
      await tokens.revoke({ tenantId, refreshToken: body.refresh_token, events })
      return { status: 200, body: { detail: 'Refresh token revoked successfully' } }
    },
  })

const logout = ({ tokens, limits }: AuthApiDeps): AnyRoute =>
  route({
    method: 'POST',
    path: '/auth/logout',
    summary: 'End the session behind the access token',
    tag,
    auth: signedIn,
    limit: { by: 'actor', max: limits.others, seconds: 60 },
    audit: { event: 'session.ended' },
    isCredential: true,
    responses: { 200: Detail },
    handle: async ({ actor, events }) => {
      await tokens.logout(actor, events)
      return { status: 200, body: { detail: 'Logged out' } }
    },
  })

/** The account API: the contract that never breaks. */
export const authApiRoutes = (deps: AuthApiDeps): readonly AnyRoute[] =>
  [register, token, me, refresh, revoke, logout].map((make) => make(deps))
