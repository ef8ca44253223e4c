import type { OAuthErrorCode } from '../errors.ts'
import type { AuthorizationRequest } from './authorization-request.ts'

/** A browser session as the decision sees it; `authTime` in seconds since 1970, with the fraction: whole seconds would add one to a max_age. */
export type SignedIn = {
  readonly sessionId: string
  readonly userId: string
  readonly sub: string
  readonly authTime: number
  readonly acr: string
}

/** What the session lacks of what the organization of the request demands. */
export type Lacking = { readonly isTooOld: boolean; readonly lacksMethod: boolean; readonly lacksSecondFactor: boolean }

export type DecisionInput = {
  readonly request: AuthorizationRequest
  readonly session: SignedIn | undefined
  /** The session that was authenticated, or chosen, within this very flow. */
  readonly flow: { readonly signedIn: string | undefined; readonly chosen: string | undefined }
  /** Subject of a valid id_token_hint. */
  readonly hintedSub: string | undefined
  readonly hasOtherAccounts: boolean
  /** True where the remembered consent, or the client's being our own, covers the request. */
  readonly isConsented: boolean
  /** What the tenant demands for this application, where the request itself makes nothing essential. */
  readonly demandedAcr?: readonly string[] | undefined
  /** Whether the session is too old, or was not used for too long, for the admin API that is asked for. */
  readonly isOver?: boolean
  /** Undefined where the request is for no organization, or the session is enough for it. */
  readonly lacking?: Lacking | undefined
  /** Context classes that a sign-in here can reach. */
  readonly reachableAcr: readonly string[]
  readonly now: number
}

export type Decision =
  | { readonly kind: 'granted'; readonly session: SignedIn }
  | { readonly kind: 'sign-in'; readonly isReauthentication: boolean }
  | { readonly kind: 'sign-up' | 'select-account' | 'consent' }
  /** The session stays, and a further factor lifts it to the context class that is essential. */
  | { readonly kind: 'step-up' }
  | { readonly kind: 'refused'; readonly error: OAuthErrorCode; readonly description: string }

const refused = (error: OAuthErrorCode, description: string): Decision => ({ kind: 'refused', error, description })

const isTooOld = ({ request, flow, now, isOver = false }: DecisionInput, session: SignedIn): boolean =>
  flow.signedIn !== session.sessionId &&
  (isOver ||
    request.prompt.includes('login') ||
    (request.maxAge !== undefined && (request.maxAge === 0 || now - session.authTime > request.maxAge)))

const wantedSub = ({ request, hintedSub }: DecisionInput): string | undefined => {
  const { value } = request.claims.idToken['sub'] ?? {}
  return typeof value === 'string' ? value : hintedSub
}

const isAnotherPerson = (input: DecisionInput, session: SignedIn): boolean => {
  const sub = wantedSub(input)
  return sub !== undefined && sub !== session.sub
}

/** The context classes of which one is essential; undefined where none is (OpenID Connect Core section 5.5.1.1). */
export const essentialAcr = ({ claims }: Pick<AuthorizationRequest, 'claims'>): readonly unknown[] | undefined => {
  const { essential, value, values } = claims.idToken['acr'] ?? {}
  const accepted = values ?? (value === undefined ? [] : [value])
  return essential === true && accepted.length > 0 ? accepted : undefined
}

const requiredAcr = ({ request, demandedAcr }: DecisionInput): readonly unknown[] | undefined => essentialAcr(request) ?? demandedAcr

const lacksAcr = (input: DecisionInput, session: SignedIn): boolean => requiredAcr(input)?.includes(session.acr) === false

const canBeLifted = (input: DecisionInput, session: SignedIn): boolean =>
  input.flow.signedIn !== session.sessionId &&
  (requiredAcr(input) ?? []).some((one) => typeof one === 'string' && input.reachableAcr.includes(one))

// However the request is put, and whenever the person signed in: what an organization demands is not talked down.
const silentlyLacking = ({ isTooOld: isOld, lacksMethod }: Lacking): Decision =>
  isOld || lacksMethod
    ? refused('login_required', 'The organization demands another sign-in, and prompt=none allows no page.')
    : refused('interaction_required', 'The organization demands a second factor, and prompt=none allows no page.')

const openlyLacking = ({ isTooOld: isOld, lacksMethod }: Lacking): Decision =>
  isOld || lacksMethod ? { kind: 'sign-in', isReauthentication: true } : { kind: 'step-up' }

const decideSilently = (input: DecisionInput): Decision => {
  const { session } = input
  if (session === undefined) return refused('login_required', 'Nobody is signed in, and prompt=none allows no page.')
  if (isTooOld(input, session)) return refused('login_required', 'The sign-in is too old for this request, and prompt=none allows no page.')
  if (isAnotherPerson(input, session)) return refused('login_required', 'Another person is signed in than the one asked for.')
  if (input.lacking !== undefined) return silentlyLacking(input.lacking)
  if (lacksAcr(input, session)) return refused('unmet_authentication_requirements', 'The essential acr is not met.')
  if (!input.isConsented) return refused('consent_required', 'Consent is needed, and prompt=none allows no page.')
  return { kind: 'granted', session }
}

const needsChoice = ({ request, flow }: DecisionInput, session: SignedIn): boolean =>
  request.prompt.includes('select_account') && flow.chosen !== session.sessionId && flow.signedIn !== session.sessionId

/** What comes next for a checked request: a page, a refusal, or the grant (OpenID Connect Core sections 3.1.2.3 and 3.1.2.4). */
export const decide = (input: DecisionInput): Decision => {
  const { request, session, flow } = input
  if (request.prompt.includes('none')) return decideSilently(input)
  const isNew = session !== undefined && flow.signedIn === session.sessionId
  if (request.prompt.includes('create') && !isNew) return { kind: 'sign-up' }
  if (session === undefined) return { kind: 'sign-in', isReauthentication: false }
  if (needsChoice(input, session)) return { kind: 'select-account' }
  if (isTooOld(input, session)) return { kind: 'sign-in', isReauthentication: true }
  if (isAnotherPerson(input, session)) {
    if (isNew) return refused('login_required', 'Another person signed in than the one asked for.')
    return input.hasOtherAccounts ? { kind: 'select-account' } : { kind: 'sign-in', isReauthentication: false }
  }
  if (input.lacking !== undefined) return openlyLacking(input.lacking)
  if (lacksAcr(input, session)) {
    if (canBeLifted(input, session)) return { kind: 'step-up' }
    return refused('unmet_authentication_requirements', 'The essential acr cannot be met by the ways of signing in that this account has.')
  }
  return input.isConsented ? { kind: 'granted', session } : { kind: 'consent' }
}
