import type { MethodName } from '../../credentials/method.ts'
import type { Doors, Entry } from '../../login/login.ts'
import { newHandleSecret } from '../../platform/handle.ts'
import { newId } from '../../platform/ids.ts'
import { type BrowserSession, printSession } from '../../sessions/sessions.ts'
import { isForClient, type Pending, sealFlow } from '../flow.ts'
import type { Provider } from '../provider.ts'
import { advance, deny, isRead, pageAddress, reread } from './advance.ts'
import { demandsOf } from './demands.ts'
import type { Interaction } from './interaction.ts'
import { rememberWay } from './known-ways.ts'
import { redirectReply } from './page-reply.ts'
import { stepReply } from './step-reply.ts'
import { browserHash, browserKey, signedInCookie, type Visitor } from './visitor.ts'

/** A person at the pages: where from, and through which doors they come. */
export type Guest = { readonly doors: Doors; readonly ip: string; readonly userAgent: string | undefined }

/** What a door needs of the browser, and the secret that its cookie will hold. */
export const browserDoor = (visitor: Visitor) => {
  const { secret, hash } = newHandleSecret()
  const door = { sessionId: newId(), secretHash: hash, renews: visitor.sessions.map(({ id }) => id), browser: browserHash(visitor) }
  return { door, secret }
}

const entering = ({ visitor, journey }: Interaction, { ip, userAgent }: Guest) => {
  const { door, secret } = browserDoor(visitor)
  return {
    secret,
    request: {
      tenantId: journey.tenantId,
      ...{ clientId: 'hosted-pages', scope: '', browser: door, trust: visitor.trust },
      origin: { ip, userAgent },
      events: journey.events,
    },
  }
}

/** The request of a password at the pages; `secret` is what the cookie will hold. */
export const passwordRequest = async (provider: Provider, interaction: Interaction, guest: Guest) => {
  const { request, secret } = entering(interaction, guest)
  return { secret, request: { ...request, ...(await demandsOf(provider, interaction.journey, 'first-factor')) } }
}

/** The journey of somebody who has just proved who they are. */
export const goOnAs = async (
  provider: Provider,
  { journey, visitor, frame, requestId }: Interaction,
  { session, cookies, isOffered }: { session: BrowserSession; cookies: readonly string[]; isOffered: boolean },
) => {
  const others = visitor.sessions.filter((one) => one.userId !== session.userId)
  const flow = {
    ...journey.flow,
    signedIn: { sessionId: session.id, at: provider.now() },
    chosen: undefined,
    pending: undefined,
    named: undefined,
  }
  const sealed = isOffered ? sealFlow(provider.keys.flow, journey.tenantId, flow) : undefined
  if (sealed !== undefined) return redirectReply(303, pageAddress(provider, 'passkey-offer', sealed), cookies)
  const step = await advance(provider, { ...journey, flow, visitor: { sessions: [session, ...others] } })
  return stepReply(step, 303, { frame, requestId, cookies })
}

/** What a person has proved so far, to travel sealed in the flow and count in this browser alone. */
const pendingOf = (provider: Provider, visitor: Visitor, { person, methods }: Extract<Entry, { kind: 'unfinished' }>): Pending => ({
  userId: person.userId,
  generation: person.generation,
  methods,
  at: provider.now(),
  browser: browserKey(visitor),
})

type Settling = {
  readonly entry: Entry
  readonly secret: Uint8Array
  readonly cookies?: readonly string[]
  /** Whether a passkey may be offered on the way. */
  readonly offersPasskey?: boolean
}

/** A hook of the operator does not let the person in: the application is told, or the person where there is none. */
const notAllowed = async (provider: Provider, { journey, frame, requestId }: Interaction, sentence: string) => {
  const at = { frame, requestId }
  const problem = { code: 'access_denied', description: sentence, hint: 'Ask the operator of this service.', clientId: undefined }
  if (!isForClient(journey.flow)) return stepReply({ kind: 'problem', problem }, 303, at)
  const read = await reread(provider, journey)
  return stepReply(isRead(read) ? deny(provider, journey, { read, error: 'access_denied', description: sentence }) : read, 303, at)
}

/** Goes on after a door: with the session that began, or to the step that is due. Undefined where the account changed meanwhile. */
export const settle = async (
  provider: Provider,
  interaction: Interaction,
  { entry, secret, cookies = [], offersPasskey = false }: Settling,
) => {
  const { visitor, journey, frame, requestId } = interaction
  if (entry.kind === 'gone') return undefined
  if (entry.kind === 'not-allowed') return notAllowed(provider, interaction, entry.sentence)
  if (entry.kind === 'unfinished') {
    const flow = { ...journey.flow, pending: pendingOf(provider, visitor, entry) }
    return stepReply(await advance(provider, { ...journey, flow }), 303, { frame, requestId, cookies })
  }
  const [session] = await provider.findSessions(journey.tenantId, [entry.sessionId])
  if (session === undefined) return undefined
  // The same person's session was renewed, or a new one stands beside those of others.
  const replaced = visitor.sessions.filter((one) => one.userId === session.userId).map(({ id }) => id)
  const cookie = signedInCookie(provider, visitor, { text: printSession(entry.sessionId, secret), replaced })
  const isOffered = offersPasskey && !entry.hasPasskey
  return goOnAs(provider, interaction, { session, cookies: [cookie, ...cookies], isOffered })
}

export type Proved = { readonly userId: string; readonly methods: readonly MethodName[]; readonly generation?: number | undefined }

/** Lets somebody on who has proved something else than a password; undefined where there is no such active account any more. */
export const enterWith = async (
  provider: Provider,
  interaction: Interaction,
  { guest, proved, cookies = [] }: { guest: Guest; proved: Proved; cookies?: readonly string[] },
) => {
  const { journey, visitor } = interaction
  const found = await guest.doors.people.byId(journey.tenantId, proved.userId, visitor.trust)
  if (found === undefined || (proved.generation !== undefined && proved.generation !== found.generation)) return undefined
  const { request, secret } = entering(interaction, guest)
  const demanded = await demandsOf(provider, journey, 'first-factor')
  const entry = await guest.doors.enter({ ...request, person: found, methods: proved.methods, ...demanded })
  const known = { doors: guest.doors, names: [found.username, found.email], methods: proved.methods }
  const remembered = entry.kind === 'signed-in' ? await rememberWay(provider, interaction, known) : []
  return settle(provider, interaction, { entry, secret, cookies: [...cookies, ...remembered] })
}

/** The person does not want to go on: the application is told. */
export const cancel = async (provider: Provider, { journey, frame, requestId }: Interaction) => {
  const { device, account } = journey.flow
  if (device !== undefined || account !== undefined)
    return redirectReply(303, `${provider.basePath}/${device === undefined ? 'account' : 'device'}`)
  const read = await reread(provider, journey)
  if (!isRead(read)) return stepReply(read, 303, { frame, requestId })
  const refused = journey.events.make({ type: 'authorization.refused', clientId: read.client.id, payload: { at: 'sign-in' } })
  await provider.authorization.store.note([refused])
  const denied = deny(provider, journey, {
    ...{ read, error: 'access_denied', description: 'The person cancelled the sign-in.', isTold: true },
  })
  return stepReply(denied, 303, { frame, requestId })
}
