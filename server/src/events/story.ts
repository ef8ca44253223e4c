import type { EventPayload, EventType } from './catalogue.ts'
import { type Explanation, endings, refusals, revocations, stops } from './explanations.ts'
import type { EventSearch, StoredEvent } from './search.store.ts'

type Told = { readonly [T in EventType]?: (payload: EventPayload<T>) => Explanation }

const noted = (says: string, rest: Partial<Explanation> = {}): Explanation => ({ verdict: 'noted', says, ...rest })
const passed = (says: string): Explanation => ({ verdict: 'passed', says })

// What to do about an error of OAuth, by its code (RFC 6749 sections 4.1.2.1 and 5.2, OpenID Connect Core section 3.1.2.6).
const remedies: Readonly<Record<string, string>> = {
  invalid_client:
    'Compare client id, secret and the way of authenticating with what is set for the application. A secret ends when it was replaced.',
  invalid_scope: 'Let the application ask for less, or allow it the scope.',
  invalid_grant:
    'A code counts once and for a minute, a refresh token until it is replaced. The person starts again; the application has to keep the newest token.',
  invalid_target: 'Register the API that it asks a token for, or mend the resource that it names.',
  unauthorized_client: 'Allow the application this grant type or response type, if it should have it.',
  access_denied: 'Whoever signed in may not use the application this way, for example because they are no member of the organization.',
  unsupported_grant_type: 'Take a grant type that the discovery document names.',
}

const secondFactors: Readonly<Record<EventPayload<'sign_in.succeeded'>['second_factor']['answer'], (by: string) => string>> = {
  'not-asked': () => 'No rule asked for a second factor.',
  given: (by) => `A second factor was given; asked by: ${by}.`,
  'trusted-browser': (by) => `A second factor was asked by: ${by}. This browser is excused from it.`,
}

// Events of older releases and of newer nodes may lack what the catalogue promises today.
const told: Told = {
  'sign_in.succeeded': ({ amr, second_factor: second }) =>
    passed(
      [
        `Signed in with ${[...(amr ?? [])].join(' and ') || 'an unnamed method'}.`,
        second && secondFactors[second.answer]?.(second.asked_by ?? 'the person'),
      ]
        .filter(Boolean)
        .join(' '),
    ),
  'sign_in.refused': ({ reason }) => refusals[reason] ?? { verdict: 'refused', says: `Refused: ${String(reason)}.` },
  'password.locked': ({ failures }) =>
    noted(`After ${failures} wrong passwords in a row the password is locked for a while.`, {
      ...{ remedy: 'It opens by itself, or when you unlock the account.', place: 'user' },
    }),
  'password.disabled': ({ failures }) =>
    noted(`After ${failures} wrong passwords in a row the password is off until it is set anew.`, { place: 'user' }),
  'factor.locked': ({ method, failures }) =>
    noted(`After ${failures} wrong answers in a row ${method} is locked for a while.`, {
      ...{ remedy: 'It opens by itself, or when you unlock the account.', place: 'user' },
    }),
  'passkey.cloned': () => ({
    verdict: 'refused',
    says: 'The counter of the passkey went back: there may be a copy of it.',
    remedy: 'Ask the person, remove the passkey and let them add a new one.',
    place: 'user',
  }),
  'proof.sent': ({ channel, purpose }) =>
    noted(`A code or link was sent by ${channel} (${purpose}).`, { remedy: 'If it did not arrive, look at the outbox.', place: 'mail' }),
  'proof.withheld': () => ({
    verdict: 'refused',
    says: 'A text message was not sent: the tenant sends none to such numbers, or had its share of the hour.',
    place: 'sign-in-policy',
  }),
  'proof.refused': ({ purpose }) => ({
    verdict: 'refused',
    says: `A code was wrong, too old or used already (${purpose}).`,
    remedy: 'The person asks for a new one; only the newest counts.',
  }),
  'hook.refused': ({ hook }) => ({
    verdict: 'refused',
    says: `Your service at the hook ${hook} refused it.`,
    remedy: 'The service decides; ask whoever runs it. A test shows what it answers.',
    place: 'hooks',
  }),
  'hook.failed': ({ hook, reason }) =>
    noted(`The hook ${hook} failed: ${reason}.`, {
      ...{ remedy: 'Whether people go on meanwhile is decided at the hook.', place: 'hooks' },
    }),
  'user.registered': () => passed('The account was made.'),
  'user.disabled': () => noted('The account was disabled.', { place: 'user' }),
  'user.frozen': () => noted('The person froze the account from a notice.', { place: 'user' }),
  'user.enabled': () => noted('The account was enabled again.'),
  'user.unlocked': () => noted('An administrator ended the locks of the account.'),
  'device.trusted': () => noted('This browser was excused from the second factor for a while.'),
  'totp.enrolled': () => passed('An authenticator app was set up.'),
  'passkey.added': () => passed('A passkey was added.'),
  'recovery_code.spent': () => passed('A recovery code was used in place of the second factor.'),
  'authorization.granted': ({ scope, consented }) =>
    passed(`The application was let in with: ${scope}. ${consented ? 'The person agreed.' : 'No agreement was asked for.'}`),
  'authorization.refused': ({ at }) => ({
    verdict: 'refused',
    says: stops[at] ?? 'The person refused the application.',
    remedy: 'Nothing is wrong: the person may start again from the application.',
  }),
  'request.refused': ({ error, rule }) => ({
    verdict: 'refused',
    says: `The request of the application was refused with ${error}: ${rule}`,
    remedy: remedies[error] ?? 'The application has to send another request: see what its library sends, and what is set for it here.',
    place: 'client',
  }),
  'client.redirect_refused': ({ redirect_uri: asked }) => ({
    verdict: 'refused',
    says: `The application asked for the answer at ${asked}, which is not registered for it.`,
    remedy: 'Register that address if it is one of the application, or mend the address in the application.',
    place: 'client',
  }),
  'grant.redeemed': ({ by }) => passed(`The application exchanged its ${by === 'code' ? 'authorization code' : 'device code'} for tokens.`),
  'grant.killed': () => ({
    verdict: 'refused',
    says: 'A refresh token that had been spent was presented again, so that its whole family ended.',
    remedy: 'Either the application does not keep the newest token, or somebody stole one. The person signs in anew.',
    place: 'client',
  }),
  'grant.revoked': ({ reason }) => ({
    verdict: 'refused',
    says: `The grant with its tokens ended. ${revocations[reason] ?? ''}`.trim(),
    place: 'client',
  }),
  'session.ended': ({ reason }) => noted(`The session ended. ${endings[reason] ?? ''}`.trim()),
  'impersonation.begun': () => noted('An administrator acts as this person from here on.'),
}

/** Types of events that a sign-in is told by. */
export const storyTypes: ReadonlySet<string> = new Set(Object.keys(told))

/** What an event decided; undefined where it decides nothing in a sign-in. */
export const explain = ({ type, payload }: Pick<StoredEvent, 'type' | 'payload'>): Explanation | undefined =>
  Object.hasOwn(told, type) ? (told[type as EventType] as (payload: object) => Explanation)(payload) : undefined

const [beforeMs, afterMs, nextMs] = [30 * 60_000, 60 * 60_000, 10 * 60_000]
const [sessionsMax, usersMax] = [3, 2]
export const storyLimit = 100

const distinct = (all: readonly (string | null)[], max: number): readonly string[] =>
  [...new Set(all.filter((one) => one !== null))].slice(0, max)

/**
 * What belongs to the same sign-in as the events of a request, each search by an index of its own and within an hour and a half: its sessions, and
 * what the same person tried shortly before and after.
 */
export const relatedTo = (events: readonly StoredEvent[]): readonly EventSearch[] => {
  const [first, last] = [events[0], events.at(-1)]
  if (first === undefined || last === undefined) return []
  const since = new Date(new Date(first.at).getTime() - beforeMs)
  const until = (ms: number): Date => new Date(new Date(last.at).getTime() + ms)
  const common = { since, limit: storyLimit, order: 'newest' } as const
  const sessions = distinct(
    events.map(({ session_id: id }) => id),
    sessionsMax,
  )
  const users = distinct(
    events.map(({ user_id: id }) => id),
    usersMax,
  )
  return [
    ...sessions.map((sessionId) => ({ ...common, sessionId, until: until(afterMs) })),
    ...users.map((userId) => ({ ...common, userId, until: until(nextMs) })),
  ]
}

type Step = { readonly event: StoredEvent; readonly explanation: Explanation | undefined; readonly isOfRequest: boolean }
type Outcome = Explanation['verdict']

const orderOf = (one: StoredEvent, other: StoredEvent): number =>
  one.at === other.at ? (one.id < other.id ? -1 : 1) : one.at < other.at ? -1 : 1

/** The whole sign-in in its order, and how the request itself ended: by the last thing in it that passed or refused. */
export const storyOf = (own: readonly StoredEvent[], related: readonly StoredEvent[]) => {
  const ids = new Set(own.map(({ id }) => id))
  const others = new Map(related.filter(({ id, type }) => !ids.has(id) && storyTypes.has(type)).map((event) => [event.id, event]))
  const steps: readonly Step[] = [...own, ...others.values()]
    .toSorted(orderOf)
    .map((event) => ({ event, explanation: explain(event), isOfRequest: ids.has(event.id) }))
  const decided = steps.filter(
    ({ isOfRequest, explanation }) => isOfRequest && explanation !== undefined && explanation.verdict !== 'noted',
  )
  const outcome: Outcome = decided.at(-1)?.explanation?.verdict ?? 'noted'
  return { steps, outcome }
}
