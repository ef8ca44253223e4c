/** When, from where and with what something was done; `link` says that it was somebody else. */
type Notice = { readonly time: string; readonly ip: string; readonly device: string; readonly link: string }

/** Every message and the words that its text is filled with; times are RFC 3339. */
export type Templates = {
  readonly 'sign-in-code': { readonly code: string; readonly link: string; readonly minutes: string }
  readonly 'second-factor-code': { readonly code: string; readonly minutes: string }
  readonly 'sign-up-code': { readonly code: string; readonly link: string; readonly minutes: string }
  readonly 'account-exists': { readonly link: string }
  readonly 'verify-email': { readonly code: string; readonly link: string; readonly hours: string }
  readonly 'reset-password': { readonly code: string; readonly link: string; readonly minutes: string }
  readonly 'password-changed': Notice
  readonly 'new-device': Notice
  readonly 'factor-changed': Notice & { readonly what: string }
  readonly 'change-email': { readonly code: string; readonly link: string; readonly hours: string }
  readonly 'email-changed': { readonly email: string; readonly link: string; readonly days: string }
  readonly 'account-frozen': { readonly time: string }
  readonly invitation: { readonly link: string; readonly days: string }
  readonly 'organization-invitation': { readonly link: string; readonly days: string; readonly organization: string }
  readonly 'domain-proved': { readonly domain: string; readonly organization: string }
  readonly 'domain-lost': { readonly domain: string; readonly organization: string }
  readonly 'deletion-planned': { readonly time: string; readonly link: string }
  readonly 'phone-code': { readonly code: string; readonly minutes: string }
  readonly test: { readonly time: string }
}

export type TemplateName = keyof Templates

/** Words as they come out of a row: those of one template, which the row names. */
export type Words = Readonly<Record<string, string>>

const notice = { time: true, ip: true, device: true, link: true } as const

const wordsOf: { readonly [T in TemplateName]: { readonly [W in keyof Templates[T]]: true } } = {
  'sign-in-code': { code: true, link: true, minutes: true },
  'second-factor-code': { code: true, minutes: true },
  'sign-up-code': { code: true, link: true, minutes: true },
  'account-exists': { link: true },
  'verify-email': { code: true, link: true, hours: true },
  'reset-password': { code: true, link: true, minutes: true },
  'password-changed': notice,
  'new-device': notice,
  'factor-changed': { ...notice, what: true },
  'change-email': { code: true, link: true, hours: true },
  'email-changed': { email: true, link: true, days: true },
  'account-frozen': { time: true },
  invitation: { link: true, days: true },
  'organization-invitation': { link: true, days: true, organization: true },
  'domain-proved': { domain: true, organization: true },
  'domain-lost': { domain: true, organization: true },
  'deletion-planned': { time: true, link: true },
  'phone-code': { code: true, minutes: true },
  test: { time: true },
}

export const templateNames = Object.keys(wordsOf) as readonly TemplateName[]

export const isTemplateName = (text: string): text is TemplateName => Object.hasOwn(wordsOf, text)

/** The names of a template's words. */
export const wordNames = (template: TemplateName): readonly string[] => Object.keys(wordsOf[template])

/** The words of a row; undefined where one is missing, is no text, or is too long to be one of ours. */
export const readWords = (template: TemplateName, value: unknown): Words | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const given = value as Readonly<Record<string, unknown>>
  const words: Record<string, string> = {}
  for (const name of wordNames(template)) {
    const word = given[name]
    if (typeof word !== 'string' || word.length > 4096) return undefined
    words[name] = word
  }
  return words
}

/** Words to look at a template with, without anything having happened. */
export const sampleWords = (template: TemplateName, origin: string): Words => {
  const samples: Words = {
    code: '482913',
    link: `${origin}/sample-link`,
    minutes: '10',
    hours: '24',
    days: '7',
    time: '2026-01-31T12:00:00Z',
    ip: '192.0.2.1',
    device: 'Firefox, Linux',
    what: 'TOTP',
    email: 'new.address@example.com',
    organization: 'Acme Corporation',
    domain: 'acme.example',
  }
  return Object.fromEntries(wordNames(template).map((name) => [name, samples[name] ?? '']))
}
