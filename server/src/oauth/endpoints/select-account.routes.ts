import { Type } from 'typebox'
import { type AnyRoute, browserAuth, route } from '../../http/route.ts'
import { accountChooserPage } from '../../pages/account-chooser-page.ts'
import type { Assets } from '../../pages/frame.ts'
import { sealFlow } from '../flow.ts'
import { accountName } from '../person.ts'
import type { Provider } from '../provider.ts'
import { advance, isRead, pageAddress, reread } from './advance.ts'
import { cancel } from './entrance.ts'
import { type Interaction, openInteraction } from './interaction.ts'
import { cardOf, pageReply, redirectReply } from './page-reply.ts'
import { FlowQuery, pageResponses } from './page-responses.routes.ts'
import { stepReply } from './step-reply.ts'
import { chosenCookie, formToken, isOwnForm } from './visitor.ts'

const path = '/interaction/select-account'
const purposeOf = (sealed: string) => ({ purpose: 'select-account', flow: sealed })

const draw = async (provider: Provider, { frame, visitor, sealed, journey, requestId }: Interaction) => {
  const read = await reread(provider, journey)
  if (!isRead(read)) return stepReply(read, 303, { frame, requestId })
  if (visitor.sessions.length === 0) return redirectReply(303, pageAddress(provider, 'sign-in', sealed))
  const accounts = visitor.sessions.map((one) => ({ id: one.id, name: accountName(one), email: one.email ?? undefined }))
  const hidden = { flow: sealed, form_token: formToken(provider, visitor, purposeOf(sealed)) }
  const body = accountChooserPage({ ...frame, client: cardOf(read.client, frame), action: provider.basePath + path, hidden, accounts })
  return pageReply(200, body, { cookies: visitor.cookies })
}

const choose = async (provider: Provider, interaction: Interaction, isOwn: boolean) => {
  const { fields, visitor, journey, sealed, frame, requestId } = interaction
  if (!isOwn) return draw(provider, interaction)
  const account = fields.get('account')
  if (account === 'cancel') return cancel(provider, interaction)
  const session = visitor.sessions.find(({ id }) => id === account)
  if (session === undefined) {
    const flow = { ...journey.flow, chosen: undefined, signedIn: undefined, named: undefined }
    return redirectReply(
      303,
      `${pageAddress(provider, 'sign-in', sealFlow(provider.keys.flow, journey.tenantId, flow) ?? sealed)}&as=other`,
    )
  }
  const flow = { ...journey.flow, chosen: session.id, signedIn: undefined }
  const sessions = [session, ...visitor.sessions.filter((one) => one !== session)]
  const step = await advance(provider, { ...journey, flow, visitor: { sessions } })
  return stepReply(step, 303, { frame, requestId, cookies: [chosenCookie(provider, visitor, session.id)] })
}

const shared = {
  path,
  tag: 'pages',
  auth: browserAuth('the sessions of this browser'),
  isCredential: true,
  cors: 'never',
  failure: 'page',
  responses: pageResponses,
} as const

/** The account chooser (prompt=select_account). */
export const selectAccountRoutes = (provider: Provider, assets: Assets): readonly AnyRoute[] => [
  route({
    ...shared,
    method: 'GET',
    summary: 'The page that lists the accounts of this browser',
    limit: { by: 'address', max: provider.limits.pages, seconds: 60 },
    audit: { none: 'reads only' },
    request: { raw: FlowQuery },
    handle: async (context) => {
      const opened = await openInteraction(provider, assets, context)
      return opened.kind === 'answered' ? opened.reply : draw(provider, opened.interaction)
    },
  }),
  route({
    ...shared,
    method: 'POST',
    summary: 'Choose an account on the page',
    limit: { by: 'address', max: provider.limits.pages, seconds: 60 },
    audit: { none: 'a choice changes nothing by itself; what follows from it writes its event' },
    request: { raw: Type.Object({ flow: Type.String(), form_token: Type.String(), account: Type.String() }) },
    handle: async (context) => {
      const opened = await openInteraction(provider, assets, context)
      if (opened.kind === 'answered') return opened.reply
      const { interaction } = opened
      const token = interaction.fields.get('form_token')
      const isOwn = isOwnForm(provider, interaction.visitor, { form: purposeOf(interaction.sealed), token, headers: context.headers })
      return choose(provider, interaction, isOwn)
    },
  }),
]
