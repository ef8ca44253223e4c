import type { EventMaker } from '../../events/events.ts'
import type { Entry, SignInOutcome } from '../../login/login.ts'
import { nextStepsPage } from '../../pages/first-run-page.ts'
import type { Frame } from '../../pages/frame.ts'
import { printSession } from '../../sessions/sessions.ts'
import type { Provider } from '../provider.ts'
import { sealState, unsealState } from '../sealed-state.ts'
import { browserDoor } from './entrance.ts'
import { pageReply } from './page-reply.ts'
import { signedInCookie, type Visitor } from './visitor.ts'

export type Coming = { readonly origin: { readonly ip: string; readonly userAgent?: string | undefined }; readonly events: EventMaker }

/** The first administrator on the way to a passkey: the link, the names, and the id that the account will have. */
export type FirstPasskey = { readonly token: string; readonly username: string; readonly email: string; readonly userId: string }

const kindOf = (tenantId: string) => ({ kind: 'first-run', tenantId })

export const sealFirstPasskey = (provider: Provider, tenantId: string, state: FirstPasskey): string =>
  sealState(provider.keys.flow, kindOf(tenantId), state) ?? ''

export const readFirstPasskey = (provider: Provider, tenantId: string, sealed: string | undefined): FirstPasskey | undefined =>
  unsealState(provider.keys.flow, kindOf(tenantId), sealed)

export const firstPasskeyPath = '/first-run/passkey'

/** Where the passkey is made. */
export const firstPasskeyAddress = (provider: Provider, tenantId: string, state: FirstPasskey): string =>
  `${provider.basePath}${firstPasskeyPath}?state=${sealFirstPasskey(provider, tenantId, state)}`

export const enteringAt = ({ tenantId, visitor }: { readonly tenantId: string; readonly visitor: Visitor }, { origin, events }: Coming) => {
  const { door, secret } = browserDoor(visitor)
  return { secret, entering: { tenantId, clientId: 'hosted-pages', scope: '', browser: door, origin, events } }
}

type Arrived = { readonly entry: Entry | SignInOutcome; readonly secret: Uint8Array }

/** Signed in, with what to do next. The account is there in any case: who cannot be signed in at once signs in later. */
export const welcome = (
  provider: Provider,
  { frame, visitor }: { readonly frame: Frame; readonly visitor: Visitor },
  arrived: Arrived | undefined,
) => {
  const urls = {
    issuer: provider.issuer,
    accountUrl: `${provider.basePath}/account`,
    consoleUrl: `${provider.basePath}/console`,
    documentationUrl: '/docs',
  }
  const session = arrived?.entry.kind === 'signed-in' ? printSession(arrived.entry.sessionId, arrived.secret) : undefined
  const cookies = session === undefined ? [] : [signedInCookie(provider, visitor, { text: session, replaced: [] })]
  return pageReply(200, nextStepsPage({ ...frame, ...urls }), { cookies: [...visitor.cookies, ...cookies] })
}
