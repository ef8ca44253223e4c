import { sealState, unsealState } from './sealed-state.ts'

/** An authorization request on its way through the pages. Nothing of it is stored: it travels sealed in the URL and in the form. */
export type Flow = {
  readonly parameters: readonly (readonly [string, string])[]
  readonly resources: readonly string[]
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** The session that was authenticated in this flow, and when. */
  readonly signedIn?: { readonly sessionId: string; readonly at: number } | undefined
  /** The session that the person chose in this flow. */
  readonly chosen?: string | undefined
  /** A sign-in on the way to the device page, for no client yet. */
  readonly device?: { readonly userCode: string } | undefined
}

const lifeMs = 86_400_000
const signedInMs = 600_000
const kind = 'authorization-flow'

/** Undefined where the request is too large to travel in a URL. */
export const sealFlow = (key: Uint8Array, tenantId: string, flow: Flow): string | undefined => sealState(key, { kind, tenantId }, flow)

type Unsealing = { readonly key: Uint8Array; readonly tenantId: string; readonly now: number }

/** The flow, or undefined where it is not ours or a day old. A sign-in counts as part of it for ten minutes. */
export const unsealFlow = (text: string | undefined, { key, tenantId, now }: Unsealing): Flow | undefined => {
  const flow = unsealState<Flow>(key, { kind, tenantId }, text)
  if (flow === undefined || now - flow.startedAt > lifeMs) return undefined
  const isRecent = flow.signedIn !== undefined && now - flow.signedIn.at <= signedInMs
  return { ...flow, signedIn: isRecent ? flow.signedIn : undefined }
}
