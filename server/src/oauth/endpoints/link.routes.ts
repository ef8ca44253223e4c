import { Type } from 'typebox'
import { isLinkOf, type Purpose, readLink } from '../../credentials/email-code/email-code.ts'
import type { EventMaker } from '../../events/events.ts'
import { type AnyRoute, browserAuth, route } from '../../http/route.ts'
import type { Doors } from '../../login/login.ts'
import type { Assets, Frame } from '../../pages/frame.ts'
import { type LinkKind, linkPage } from '../../pages/link-page.ts'
import { type OutcomeKind, outcomePage } from '../../pages/outcome-page.ts'
import { parseParameters } from '../core/params.ts'
import type { Provider } from '../provider.ts'
import { openFlow } from './advance.ts'
import { toNewPassword } from './code-entry.ts'
import { enterWith } from './entrance.ts'
import { type Interaction, wayToAccount } from './interaction.ts'
import { frameOf, languageReply, pageReply } from './page-reply.ts'
import { pageResponses } from './page-responses.routes.ts'
import { toAccountForm } from './sign-up-entry.ts'
import { formToken, isOwnForm, type Visitor, visit } from './visitor.ts'

const path = '/interaction/link'
const kinds: readonly Purpose[] = [
  'sign-in',
  'sign-up',
  'verify-email',
  'reset',
  'freeze',
  'undo-email',
  'change-email',
  'cancel-deletion',
] satisfies LinkKind[]
const isKind = (purpose: Purpose): purpose is Purpose & LinkKind => kinds.includes(purpose)

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>
type Deps = { readonly doors: Doors; readonly announceEnd: (sessionId: string) => void }
type Opening = {
  readonly tenantId: string
  readonly token: string
  readonly headers: Headers
  readonly origin: { readonly ip: string; readonly userAgent?: string | undefined; readonly requestId?: string | undefined }
  readonly events: EventMaker
}

const ended = (frame: Frame, kind: OutcomeKind, status: 200 | 400 = 200) => pageReply(status, outcomePage({ ...frame, kind }))
const gone = (frame: Frame) => ended(frame, 'link-gone', 400)

/** The proof behind a link that is live, and ours to the last bit; looking spends nothing. */
const openLink = async ({ proofs }: Doors, { tenantId, token }: Opening) => {
  const handle = readLink(token)
  const proof = handle && (await proofs.peek(tenantId, handle.id))
  if (handle === undefined || proof === undefined || !isLinkOf(proof.linkHash, handle) || !isKind(proof.purpose)) return undefined
  return { handle, proof, kind: proof.purpose }
}

const formOf = (token: string) => ({ purpose: 'link', flow: token })

/** The request that the link belongs to, or a way to the account portal where it cannot go on here. */
const interactionOf = (
  provider: Provider,
  { tenantId, events, origin }: Opening,
  { visitor, frame, sealed }: { visitor: Visitor; frame: Frame; sealed: unknown },
): Interaction => {
  const own = wayToAccount(provider, { tenantId, visitor, frame, events, requestId: origin.requestId })
  const text = typeof sealed === 'string' ? sealed : undefined
  const flow = openFlow(provider, tenantId, text)
  return flow === undefined ? own : { ...own, flow, sealed: text ?? '', journey: { ...own.journey, flow } }
}

const follow = async (
  provider: Provider,
  deps: Deps,
  { opening, visitor, frameIn }: { opening: Opening; visitor: Visitor; frameIn: (person: string | null | undefined) => Promise<Frame> },
) => {
  const { doors, announceEnd } = deps
  const { tenantId, events, origin } = opening
  const opened = await openLink(doors, opening)
  const frame = await frameIn(opened?.proof.language)
  const { handle, kind } = opened ?? {}
  const spent = handle && kind && (await doors.proofs.spendLink(tenantId, { id: handle.id, purpose: kind, hash: handle.hash }))
  if (spent === undefined) return gone(frame)
  const { userId, address, payload } = spent
  const guest = { doors, ip: origin.ip, userAgent: origin.userAgent }
  const interaction = interactionOf(provider, opening, { visitor, frame, sealed: payload['flow'] })
  if (kind === 'sign-up') return toAccountForm(provider, interaction, { proofId: spent.id, email: String(payload['written'] ?? address) })
  if (userId === undefined) return gone(frame)
  if (kind === 'sign-in')
    return (await enterWith(provider, interaction, { guest, proved: { userId, methods: ['email-code'] } })) ?? gone(frame)
  if (kind === 'reset') {
    const person = await doors.people.byId(tenantId, userId)
    return person === undefined ? gone(frame) : toNewPassword(provider, interaction, { ...person, address })
  }
  if (kind === 'verify-email')
    return (await doors.changes.verifyEmail(tenantId, { userId, address, events })) ? ended(frame, 'email-verified') : gone(frame)
  if (kind === 'freeze') {
    const sessions = await doors.changes.freeze(tenantId, { userId, events })
    for (const sessionId of sessions ?? []) announceEnd(sessionId)
    return sessions === undefined ? gone(frame) : ended(frame, 'frozen')
  }
  if (kind === 'cancel-deletion') {
    const event = events.make({ type: 'deletion.cancelled', userId, payload: { via: 'mail' } })
    return (await doors.deletion.keep(tenantId, { userId, event })) ? ended(frame, 'deletion-cancelled') : gone(frame)
  }
  const isUndo = kind === 'undo-email'
  const to = { canonical: address, written: String(payload['written'] ?? address) }
  const notice = isUndo
    ? { messages: [], proofs: [] }
    : doors.emailNotice(tenantId, { userId, to: String(payload['from'] ?? ''), now: to.written })
  const outcome = await doors.changes.changeEmail(tenantId, { userId, to, notice, isUndo, events })
  return outcome === 'changed' ? ended(frame, isUndo ? 'email-restored' : 'email-changed') : gone(frame)
}

const shared = {
  path,
  tag: 'pages',
  auth: browserAuth('whoever has the link of a mail'),
  isCredential: true,
  cors: 'never',
  failure: 'page',
  responses: pageResponses,
} as const

/** Links of mails: opening one shows what it does, and the button does it. Programs that open links in passing change nothing. */
export const linkRoutes = (provider: Provider, assets: Assets, deps: Deps): readonly AnyRoute[] => [
  route({
    ...shared,
    method: 'GET',
    summary: 'The page behind the link of a mail',
    limit: { by: 'address', max: provider.limits.pages, seconds: 60 },
    audit: { none: 'reads only' },
    request: { raw: Type.Object({ token: Type.String() }) },
    handle: async ({ tenantId, body, headers, origin, events }) => {
      const inOtherLanguage = languageReply(provider, { body })
      if (inOtherLanguage !== undefined) return inOtherLanguage
      const token = parseParameters(body.query).values.get('token') ?? ''
      const opened = await openLink(deps.doors, { tenantId, token, headers, origin, events })
      const frame = await frameOf(provider, assets, { tenantId, headers, body, person: opened?.proof.language })
      if (opened === undefined) return gone(frame)
      const visitor = await visit(provider, tenantId, headers)
      const hidden = { token, form_token: formToken(provider, visitor, formOf(token)) }
      return pageReply(200, linkPage({ ...frame, kind: opened.kind, action: provider.basePath + path, hidden }), {
        cookies: visitor.cookies,
      })
    },
  }),
  route({
    ...shared,
    method: 'POST',
    summary: 'Do what the link of a mail is for',
    limit: { by: 'address', max: provider.limits.signIn, seconds: 60 },
    audit: { event: ['sign_in.succeeded', 'user.email_verified', 'user.frozen', 'email.changed', 'email.restored', 'deletion.cancelled'] },
    request: { raw: Type.Object({ token: Type.String(), form_token: Type.String() }) },
    handle: async ({ tenantId, body, headers, origin, events }) => {
      const fields = parseParameters(body.form ?? '').values
      const token = fields.get('token') ?? ''
      const frameIn = (person?: string | null) => frameOf(provider, assets, { tenantId, headers, body, person })
      const visitor = await visit(provider, tenantId, headers)
      if (!isOwnForm(provider, visitor, { form: formOf(token), token: fields.get('form_token'), headers })) return gone(await frameIn())
      return follow(provider, deps, { opening: { tenantId, token, headers, origin, events }, visitor, frameIn })
    },
  }),
]
