import type { EventPayload, EventType, RefusalReason } from './catalogue.ts'

/** Where something about it is mended: the pages of the console by what they are about. */
export type Place = 'user' | 'client' | 'sign-in-policy' | 'hooks' | 'mail'
/** What an event decided in a sign-in, in words; `remedy` where somebody may want it otherwise. */
export type Explanation = {
  readonly verdict: 'passed' | 'refused' | 'noted'
  readonly says: string
  readonly remedy?: string
  readonly place?: Place
}

/** Every reason of a refused sign-in, as the person was never told it. */
export const refusals: Readonly<Record<RefusalReason, Explanation>> = {
  'unknown-user': {
    verdict: 'refused',
    says: 'No account has this name, address or number.',
    remedy: 'Look for a typing mistake, or for an account of another tenant. The person may have to sign up first.',
  },
  'wrong-password': {
    verdict: 'refused',
    says: 'The password was wrong.',
    remedy: 'The person can ask for a link to choose a new one; you can send that link from the account.',
    place: 'user',
  },
  locked: {
    verdict: 'refused',
    says: 'Too many wrong passwords came before this one, so that none counts for a while, not even the right one.',
    remedy: 'It opens by itself. If you know that it was the person, unlock the account.',
    place: 'user',
  },
  disabled: {
    verdict: 'refused',
    says: 'The account is disabled or frozen.',
    remedy: 'Find out in the events of the account who did that, then enable it.',
    place: 'user',
  },
  'no-password': {
    verdict: 'refused',
    says: 'The account has no password.',
    remedy: 'The person signs in by another method, or chooses a password by a link that you send.',
    place: 'user',
  },
  'password-disabled': {
    verdict: 'refused',
    says: 'After a hundred wrong passwords in a row the password is off.',
    remedy: 'The person chooses a new one by a link. Somebody may be guessing: look at the addresses it came from.',
    place: 'user',
  },
  'wrong-second-factor': {
    verdict: 'refused',
    says: 'The code of the second factor was wrong, or had been used.',
    remedy: 'The clock of the phone has to be right. Who has lost it takes a recovery code, or you remove the factor from the account.',
    place: 'user',
  },
  'wrong-code': {
    verdict: 'refused',
    says: 'The code that was sent was wrong or too old.',
    remedy: 'The person asks for a new one; only the newest counts.',
    place: 'user',
  },
  passkey: {
    verdict: 'refused',
    says: 'The answer of the passkey did not hold.',
    remedy: 'The passkey may have been removed here and still be on the device, or belong to another address of this server.',
    place: 'user',
  },
}

type Reasons<T extends EventType> = EventPayload<T> extends { readonly reason: infer R extends string } ? R : never

/** Why a session ended. */
export const endings: Readonly<Record<Reasons<'session.ended'>, string>> = {
  logout: 'The person signed out, or an application did so for them.',
  revoked: 'Its refresh token was revoked.',
  'password-set': 'The password was set anew, which ends every session.',
  'user-disabled': 'The account was disabled.',
  'user-deleted': 'The account was deleted.',
  evicted: 'The account had as many sessions as may be: the oldest made room.',
  'user-frozen': 'The person froze the account from a notice.',
  'email-restored': 'The earlier e-mail address was taken back, which ends every session.',
  'ended-by-owner': 'The person ended it in the list of their sessions.',
  'ended-by-operator': 'An administrator ended it.',
  'password-removed': 'An administrator took the password away.',
  'hook-refused': 'Your service at the hook before_token gave it no tokens.',
}

/** Why a grant with its tokens was revoked. */
export const revocations: Readonly<Record<Reasons<'grant.revoked'>, string>> = {
  revoked: 'The application revoked its token.',
  'code-replay': 'An authorization code was presented a second time: whoever has it may have stolen it.',
  reuse: 'A refresh token that was spent was presented again: whoever has it may have stolen it.',
  binding: 'A token was presented with another key than the one it is bound to.',
  'scope-withdrawn': 'The application may no longer have what it was given.',
  'consent-revoked': 'The person took the consent back.',
  'password-set': 'The password was set anew.',
  'user-disabled': 'The account was disabled.',
}

/** Where a person stopped an application. */
export const stops: Readonly<Record<EventPayload<'authorization.refused'>['at'], string>> = {
  consent: 'The person did not allow what the application asked for.',
  'sign-in': 'The person cancelled the sign-in.',
  device: 'The person did not connect the device.',
}
