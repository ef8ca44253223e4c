import type { Enrolled, Method, MethodName } from '../credentials/method.ts'
import type { SignInPolicy } from './policy.ts'

/** What a person has proved so far. `trusted` where this browser is excused from the second factor. */
export type Proved = {
  readonly methods: readonly MethodName[]
  readonly isTrusted: boolean
}

/** What an application demands beside the policy. */
export type Demand = 'nothing' | 'second-factor-where-enrolled' | 'second-factor'

/** Everything that the steps look at. */
export type Progress = {
  readonly policy: SignInPolicy
  readonly methods: readonly Method[]
  readonly proved: Proved
  readonly enrolled: Enrolled
  readonly isAdministrator: boolean
  readonly demands: Demand
}

export type StepName = 'first-factor' | 'second-factor' | 'enrol-second-factor'

export type Step = {
  readonly name: StepName
  /** True where the person has to pass it and has not. */
  readonly isDue: (progress: Progress) => boolean
}

const byName = ({ methods }: Progress, name: MethodName): Method | undefined => methods.find((one) => one.name === name)

/** Second factors that the person can use now: allowed, enrolled, and of another method than the first. */
export const secondFactorsOf = (progress: Progress): readonly MethodName[] =>
  progress.methods
    .filter(({ name, uses, isEnrolled }) => {
      const isAllowed = progress.policy.methods[name] && uses.includes('second') && !progress.proved.methods.includes(name)
      return isAllowed && isEnrolled(progress.enrolled)
    })
    .map(({ name }) => name)

/** The rules by which a second factor is asked for, as data: any that holds asks. */
export const secondFactorRules: readonly { readonly name: string; readonly holds: (progress: Progress) => boolean }[] = [
  { name: 'the application demands it', holds: ({ demands }) => demands === 'second-factor' },
  {
    name: 'the application prefers it, and the person has one',
    holds: (progress) => progress.demands === 'second-factor-where-enrolled' && secondFactorsOf(progress).length > 0,
  },
  { name: 'the tenant asks everybody', holds: ({ policy }) => policy.secondFactor === 'always' },
  {
    name: 'the tenant asks administrators',
    holds: ({ policy, isAdministrator }) => policy.secondFactor === 'administrators' && isAdministrator,
  },
  // Who set one up is asked for it; a passkey alone replaces the password and asks nothing of those who still type one.
  { name: 'the person has set one up', holds: ({ enrolled, policy }) => enrolled.hasTotp && policy.methods.totp },
]

const hasTwoFactors = (progress: Progress): boolean =>
  progress.proved.methods.length > 1 || progress.proved.methods.some((name) => byName(progress, name)?.isMultiFactor)

const isSecondAsked = (progress: Progress): boolean => secondFactorRules.some(({ holds }) => holds(progress))

// A trusted browser excuses from what the person set up, never from what an application or the tenant demands of the moment.
const isExcused = (progress: Progress): boolean => progress.proved.isTrusted && progress.demands === 'nothing'

/** Which rule asked for a second factor, and how that was answered: what explains a sign-in afterwards. */
export type SecondFactor = { readonly asked_by: string | null; readonly answer: 'not-asked' | 'given' | 'trusted-browser' }

/** Of a sign-in that is done. */
export const secondFactorOf = (progress: Progress): SecondFactor => {
  const askedBy = secondFactorRules.find(({ holds }) => holds(progress))?.name ?? null
  if (hasTwoFactors(progress)) return { asked_by: askedBy, answer: 'given' }
  return { asked_by: askedBy, answer: askedBy === null ? 'not-asked' : 'trusted-browser' }
}

/** The sign-in in its order. The first step that is due is the next page; where none is, the session begins. */
export const steps: readonly Step[] = [
  { name: 'first-factor', isDue: ({ proved }) => proved.methods.length === 0 },
  {
    name: 'second-factor',
    isDue: (progress) =>
      !hasTwoFactors(progress) && isSecondAsked(progress) && !isExcused(progress) && secondFactorsOf(progress).length > 0,
  },
  {
    name: 'enrol-second-factor',
    isDue: (progress) =>
      !hasTwoFactors(progress) && isSecondAsked(progress) && !isExcused(progress) && secondFactorsOf(progress).length === 0,
  },
]

export const nextStep = (progress: Progress): StepName | undefined => steps.find(({ isDue }) => isDue(progress))?.name

/** `amr` of what was proved (RFC 8176 section 2): the methods' own values, and `mfa` where they are two factors. */
export const amrOf = (progress: Pick<Progress, 'methods' | 'proved'>): readonly string[] => {
  const used = progress.proved.methods.flatMap((name) => progress.methods.filter((one) => one.name === name))
  const isMultiFactor = used.length > 1 || used.some((one) => one.isMultiFactor)
  return [...new Set([...used.flatMap(({ amr }) => amr), ...(isMultiFactor ? ['mfa'] : [])])]
}

const methodOfAmr: Readonly<Record<string, MethodName>> = { pwd: 'password', pop: 'passkey', otp: 'totp', sms: 'sms-code' }

const names: readonly string[] = ['password', 'passkey', 'totp', 'recovery-code', 'email-code', 'sms-code'] satisfies MethodName[]

export const isMethodName = (text: string): text is MethodName => names.includes(text)

/** The methods of a session by its record, or by its `amr` where a release that kept none wrote it. */
export const methodsUsed = (recorded: readonly string[] | null, amr: readonly string[]): readonly MethodName[] =>
  recorded?.filter(isMethodName) ?? amr.flatMap((one) => methodOfAmr[one] ?? [])
