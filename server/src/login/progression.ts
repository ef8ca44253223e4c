import type { Method, MethodName, Verdict } from '../credentials/method.ts'
import type { EventMaker } from '../events/events.ts'
import type { EnrolledRow } from './enrolled.store.ts'
import { type SignInPolicy, within } from './policy.ts'
import { amrOf, type Demand, nextStep, type Progress, type SecondFactor, type StepName, secondFactorOf, secondFactorsOf } from './steps.ts'

export const nothingEnrolled: EnrolledRow = {
  hasPassword: false,
  passkeys: 0,
  hasTotp: false,
  recoveryCodes: 0,
  hasVerifiedEmail: false,
  hasVerifiedPhone: false,
  isAdministrator: false,
}

/** Whom a first factor has shown somebody to be. `generation` moves with whatever guards the account. */
export type Person = {
  readonly userId: string
  readonly generation: number
  readonly enrolled: EnrolledRow
  readonly isTrusted: boolean
}

export type Situation = {
  readonly person: Person
  readonly methods: readonly MethodName[]
  readonly demands?: Demand | undefined
  /** The methods that count, where not all do that the tenant has. */
  readonly allowed?: readonly MethodName[] | undefined
}

/** Done with these methods, or a step is due; `seconds` are the factors that would do. */
export type Advance =
  | { readonly kind: 'done'; readonly amr: readonly string[]; readonly methods: readonly MethodName[]; readonly secondFactor: SecondFactor }
  | { readonly kind: 'due'; readonly step: StepName; readonly seconds: readonly MethodName[] }

export type FactorAnswer = { readonly userId: string; readonly answer: string; readonly events: EventMaker }

/** Checks an answer of one method, and spends it. */
export type FactorCheck = (tenantId: string, answer: FactorAnswer) => Promise<Verdict>

export type ProgressionDeps = {
  readonly policyOf: (tenantId: string) => Promise<SignInPolicy>
  readonly methods: readonly Method[]
  /** The second factors that are answered by typing. */
  readonly checks: Partial<Readonly<Record<MethodName, FactorCheck>>>
}

export type Progression = {
  readonly policyOf: ProgressionDeps['policyOf']
  readonly advance: (tenantId: string, situation: Situation) => Promise<Advance>
  /** Checks a typed answer of a second factor, whose form tells which one it is. */
  readonly answer: (
    tenantId: string,
    situation: Situation & { readonly answer: string; readonly method?: MethodName | undefined; readonly events: EventMaker },
  ) => Promise<Advance | Exclude<Verdict, { kind: 'passed' }>>
}

// Six digits are of an authenticator; whatever else is typed can only be a recovery code.
const methodOf = (answer: string): MethodName => (/^[\d\s-]{6,8}$/.test(answer.trim()) ? 'totp' : 'recovery-code')

/** Where a sign-in stands and what comes next, by the ordered steps and the tenant's policy. */
export const createProgression = ({ policyOf, methods, checks }: ProgressionDeps): Progression => {
  const advance = async (tenantId: string, { person, methods: proved, demands = 'nothing', allowed }: Situation): Promise<Advance> => {
    const progress: Progress = {
      policy: within(await policyOf(tenantId), allowed),
      methods,
      proved: { methods: proved, isTrusted: person.isTrusted },
      enrolled: person.enrolled,
      isAdministrator: person.enrolled.isAdministrator,
      demands,
    }
    const step = nextStep(progress)
    if (step === undefined) return { kind: 'done', amr: amrOf(progress), methods: proved, secondFactor: secondFactorOf(progress) }
    return { kind: 'due', step, seconds: secondFactorsOf(progress) }
  }
  return {
    policyOf,
    advance,
    answer: async (tenantId, { answer, events, method = methodOf(answer), ...situation }) => {
      const before = await advance(tenantId, situation)
      const check = checks[method]
      if (before.kind !== 'due' || !before.seconds.includes(method) || check === undefined) return { kind: 'failed' }
      const verdict = await check(tenantId, { userId: situation.person.userId, answer, events })
      return verdict.kind === 'passed' ? advance(tenantId, { ...situation, methods: [...situation.methods, method] }) : verdict
    },
  }
}
