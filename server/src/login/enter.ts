import type { MethodName } from '../credentials/method.ts'
import { type Entering, type NewSession, type Notice, newSession, type Proven } from './new-session.ts'
import { within } from './policy.ts'
import type { Person, Progression } from './progression.ts'
import type { Demand, StepName } from './steps.ts'

/** Somebody at a door, with what has been proved so far. */
export type AtDoor = Entering & {
  readonly tenantId: string
  readonly person: Person
  readonly methods: readonly MethodName[]
  readonly demands?: Demand | undefined
  /** The methods that count, where not all do that the tenant has. */
  readonly allowed?: readonly MethodName[] | undefined
  readonly password?: Proven['password']
}

export type Entry =
  | {
      readonly kind: 'signed-in'
      readonly userId: string
      readonly sessionId: string
      readonly grantId: string
      readonly hasPasskey: boolean
    }
  /** What was proved is right, and a step is still due: nothing was begun. */
  | { readonly kind: 'unfinished'; readonly step: StepName; readonly person: Person; readonly methods: readonly MethodName[] }
  /** What guards the account, or its status, changed meanwhile. */
  | { readonly kind: 'gone' }
  /** A hook of the operator does not allow it: nothing was begun. */
  | { readonly kind: 'not-allowed'; readonly sentence: string }

/** Somebody who has proved enough, in the words of a hook; why they are not let in, where they are not. */
export type AfterSignIn = (
  tenantId: string,
  who: { readonly user_id: string; readonly amr: readonly string[]; readonly ip: string | null },
) => Promise<string | undefined>

export type Enter = (at: AtDoor) => Promise<Entry>

export type EnterDeps = {
  readonly afterSignIn?: AfterSignIn | undefined
  readonly advance: Progression['advance']
  readonly policyOf: Progression['policyOf']
  /** The session that now lives; undefined where password or account changed meanwhile. */
  readonly complete: (tenantId: string, session: NewSession) => Promise<string | undefined>
  /** What is told a person whose browser is a new one. */
  readonly notice: (tenantId: string, entering: Pick<Entering, 'origin'>, userId: string) => Notice
}

/** Lets somebody in who has proved enough, or names the step that is due. */
export const createEnter =
  ({ advance, policyOf, complete, notice, afterSignIn }: EnterDeps): Enter =>
  async ({ tenantId, person, methods, demands, allowed, password, ...entering }) => {
    const policy = within(await policyOf(tenantId), allowed)
    // One place for every door: what the tenant has taken away, or the organization does not take, proves nothing.
    if (methods.some((name) => !policy.methods[name])) return { kind: 'gone' }
    const next = await advance(tenantId, { person, methods, demands, allowed })
    if (next.kind === 'due') return { kind: 'unfinished', step: next.step, person, methods }
    const { userId, generation } = person
    const { amr, secondFactor } = next
    const why = await afterSignIn?.(tenantId, { user_id: userId, amr, ip: entering.origin.ip ?? null })
    if (why !== undefined) return { kind: 'not-allowed', sentence: why }
    const told = notice(tenantId, entering, userId)
    const session = newSession(entering, {
      userId,
      generation,
      amr,
      methods: next.methods,
      secondFactor,
      notice: told,
      ...(password && { password }),
    })
    const sessionId = await complete(tenantId, session)
    return sessionId === undefined
      ? { kind: 'gone' }
      : { kind: 'signed-in', userId, sessionId, grantId: session.grantId, hasPasskey: person.enrolled.passkeys > 0 }
  }
