import type { TemplateName, Templates } from './templates.ts'

/** What a message says in one language. Words in braces are filled in: those of its template, and `brand`. */
type Wording<T extends TemplateName> = {
  /** The heading of the mail too. */
  readonly subject: string
  readonly lead: string
} & (Templates[T] extends { readonly link: string } ? { readonly button: string } : { readonly button?: undefined })

/** A language: a file in messages/ that leaves nothing out. */
export type Catalogue = {
  readonly templates: { readonly [T in TemplateName]: Wording<T> }
  /** What to do where the message was not asked for. */
  readonly notes: Readonly<Record<Note, string>>
  /** Why the mail was sent. */
  readonly reasons: Readonly<Record<Reason, string>>
  readonly facts: { readonly time: string; readonly ip: string; readonly device: string }
  /** A code by SMS. */
  readonly sms: string
}

export type Note = 'ignore' | 'unchanged' | 'known' | 'nothing' | 'notYou'
export type Reason = 'asked' | 'account' | 'invited' | 'tested'

export type Plan = { readonly reason: Reason; readonly note?: Note }

/** What the languages have in common. */
export const plans: { readonly [T in TemplateName]: Plan } = {
  'sign-in-code': { reason: 'asked', note: 'ignore' },
  'second-factor-code': { reason: 'account', note: 'known' },
  'sign-up-code': { reason: 'asked', note: 'ignore' },
  'account-exists': { reason: 'account', note: 'nothing' },
  'verify-email': { reason: 'asked', note: 'ignore' },
  'reset-password': { reason: 'account', note: 'unchanged' },
  'password-changed': { reason: 'account', note: 'notYou' },
  'new-device': { reason: 'account', note: 'notYou' },
  'factor-changed': { reason: 'account', note: 'notYou' },
  'change-email': { reason: 'asked', note: 'ignore' },
  'email-changed': { reason: 'account' },
  'account-frozen': { reason: 'account' },
  invitation: { reason: 'invited' },
  'organization-invitation': { reason: 'invited' },
  'domain-proved': { reason: 'account' },
  'domain-lost': { reason: 'account' },
  'deletion-planned': { reason: 'account' },
  'phone-code': { reason: 'asked', note: 'ignore' },
  test: { reason: 'tested' },
}
