import type { MethodName } from '../credentials/method.ts'
import type { SignInWay } from '../pages/sign-in-way-page.ts'
import { sealState, unsealState } from './sealed-state.ts'

/** What a person has proved of who they are, while a step is still due. It counts in the browser whose hash it carries, for ten minutes. */
export type Pending = {
  readonly userId: string
  /** Absent where a live session is the first factor. */
  readonly generation?: number | undefined
  readonly methods: readonly MethodName[]
  /** Milliseconds since 1970. */
  readonly at: number
  readonly browser: string
}

/** An authorization request on its way through the pages. Nothing of it is stored: it travels sealed in the URL and in the form. */
export type Flow = {
  readonly parameters: readonly (readonly [string, string])[]
  readonly resources: readonly string[]
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** The session that was authenticated in this flow, and when. */
  readonly signedIn?: { readonly sessionId: string; readonly at: number } | undefined
  readonly pending?: Pending | undefined
  /** The second factor that is asked for, and the code of it that was sent, where one was. */
  readonly second?: { readonly method: MethodName; readonly proofId?: string | undefined } | undefined
  /** Whom the person says to be, before anything is proved, and the way that the next page shows; without a way the name is asked for again. */
  readonly named?: { readonly name: string; readonly way?: SignInWay } | undefined
  /** The code that a page asks for, and what was typed to have it sent. */
  readonly proof?:
    | {
        readonly id: string
        readonly purpose: 'sign-in' | 'reset' | 'sign-up'
        readonly typed: string
        /** Whoever asked for it is signed in, and wants to be somebody else. */
        readonly isOther?: boolean
      }
    | undefined
  /** The address that somebody has proved who has no account yet, to make one within half an hour in the browser whose hash it carries. */
  readonly newcomer?: { readonly proofId: string; readonly email: string; readonly at: number; readonly browser: string } | undefined
  /** Who has proved to own the account, to set its password within ten minutes. */
  readonly owner?:
    | {
        readonly userId: string
        readonly generation: number
        readonly address: string
        /** The language that the person chose for the pages. */
        readonly language: string | null
        readonly at: number
      }
    | undefined
  /** The session that the person chose in this flow. */
  readonly chosen?: string | undefined
  /** A sign-in on the way to the device page, for no client yet. */
  readonly device?: { readonly userCode: string } | undefined
  /** A way to the account portal, for no client either. */
  readonly account?: true | undefined
}

/** Whether the flow is an application's request. */
export const isForClient = ({ device, account }: Pick<Flow, 'device' | 'account'>): boolean => device === undefined && account === undefined

const lifeMs = 86_400_000
const signedInMs = 600_000
const newcomerMs = 1_800_000
const kind = 'authorization-flow'

/** Undefined where the request is too large to travel in a URL. */
export const sealFlow = (key: Uint8Array, tenantId: string, flow: Flow): string | undefined => sealState(key, { kind, tenantId }, flow)

type Unsealing = { readonly key: Uint8Array; readonly tenantId: string; readonly now: number }

/** The flow, or undefined where it is not ours or a day old. A sign-in counts as part of it for ten minutes. */
export const unsealFlow = (text: string | undefined, { key, tenantId, now }: Unsealing): Flow | undefined => {
  const flow = unsealState<Flow>(key, { kind, tenantId }, text)
  if (flow === undefined || now - flow.startedAt > lifeMs) return undefined
  const isRecent = flow.signedIn !== undefined && now - flow.signedIn.at <= signedInMs
  const isPending = flow.pending !== undefined && now - flow.pending.at <= signedInMs
  const isOwner = flow.owner !== undefined && now - flow.owner.at <= signedInMs
  return {
    ...flow,
    signedIn: isRecent ? flow.signedIn : undefined,
    pending: isPending ? flow.pending : undefined,
    owner: isOwner ? flow.owner : undefined,
    newcomer: flow.newcomer !== undefined && now - flow.newcomer.at <= newcomerMs ? flow.newcomer : undefined,
  }
}
