import { Type } from 'typebox'
import type { AnyRoute } from '../../http/route.ts'
import type { Doors } from '../../login/login.ts'
import type { Assets } from '../../pages/frame.ts'
import { passkeyOfferPage } from '../../pages/passkey-offer-page.ts'
import { newId } from '../../platform/ids.ts'
import { accountName } from '../person.ts'
import type { Provider } from '../provider.ts'
import { advance, isRead, reread } from './advance.ts'
import { flowPage } from './flow-page.routes.ts'
import type { Interaction } from './interaction.ts'
import { rememberWay } from './known-ways.ts'
import { cardOf, pageReply } from './page-reply.ts'
import { passkeyAnswerOf } from './passkey-entry.ts'
import { stepReply } from './step-reply.ts'
import { browserHash, declinedCookie, formToken } from './visitor.ts'

const path = '/interaction/passkey-offer'
const purposeOf = (sealed: string) => ({ purpose: 'passkey-offer', flow: sealed })

/** The session that was begun in this flow a moment ago: it alone is offered a passkey. */
const sessionOf = ({ visitor, flow }: Interaction) => visitor.sessions.find(({ id }) => id === flow.signedIn?.sessionId)

const goOn = async (provider: Provider, { journey, frame, requestId }: Interaction, cookies: readonly string[] = []) =>
  stepReply(await advance(provider, journey), 303, { frame, requestId, cookies })

const draw = async (provider: Provider, interaction: Interaction, { doors, isRefused = false }: { doors: Doors; isRefused?: boolean }) => {
  const { frame, visitor, sealed, journey } = interaction
  const { tenantId } = journey
  const session = sessionOf(interaction)
  const passkeys = session && (await doors.factors.passkeys(tenantId))
  if (session === undefined || passkeys === undefined) return goOn(provider, interaction)
  const userName = session.email ?? accountName(session)
  const person = { userId: session.userId, userName, displayName: accountName(session) }
  const { attestation } = passkeys
  const begun = await passkeys.begin(tenantId, { ...person, use: 'sign-in', attestation, browser: browserHash(visitor) })
  if (begun.kind !== 'begun') return goOn(provider, interaction)
  const read = await reread(provider, journey)
  const body = passkeyOfferPage({
    ...frame,
    client: isRead(read) ? cardOf(read.client, frame) : undefined,
    action: provider.basePath + path,
    hidden: { flow: sealed, form_token: formToken(provider, visitor, purposeOf(sealed)) },
    passkey: { options: begun.options, token: begun.token, use: 'create' },
    isRefused,
  })
  return pageReply(isRefused ? 422 : 200, body, { cookies: visitor.cookies })
}

const add = async (provider: Provider, interaction: Interaction, doors: Doors) => {
  const { fields, visitor, journey } = interaction
  const { tenantId, events } = journey
  const session = sessionOf(interaction)
  const passkeys = session && (await doors.factors.passkeys(tenantId))
  if (session === undefined || passkeys === undefined) return goOn(provider, interaction)
  const id = newId()
  const event = events.make({ type: 'passkey.added', userId: session.userId, sessionId: session.id, payload: { passkey: id } })
  const added = await passkeys.add(tenantId, {
    ...{ id, event, userId: session.userId, use: 'sign-in', attestation: passkeys.attestation, browser: browserHash(visitor) },
    ...{ token: fields.get('passkey_token') ?? '', answer: passkeyAnswerOf(fields) },
  })
  if (added.kind !== 'added') return draw(provider, interaction, { doors, isRefused: true })
  const { username, email } = session
  return goOn(provider, interaction, await rememberWay(provider, interaction, { doors, names: [username, email], methods: ['passkey'] }))
}

const OfferForm = Type.Object({
  flow: Type.String(),
  form_token: Type.String(),
  passkey_token: Type.Optional(Type.String()),
  passkey_answer: Type.Optional(Type.String()),
  action: Type.Optional(Type.String({ description: 'passkey or later' })),
})

const submit = async (provider: Provider, interaction: Interaction, { doors, isOwn }: { doors: Doors; isOwn: boolean }) => {
  if (!isOwn) return draw(provider, interaction, { doors, isRefused: true })
  if (interaction.fields.get('action') === 'passkey') return add(provider, interaction, doors)
  return goOn(provider, interaction, [declinedCookie(provider)])
}

/** The page between a sign-in by password and the application, that offers a passkey for the next time. */
export const passkeyOfferRoutes = (provider: Provider, assets: Assets, doors: Doors): readonly AnyRoute[] =>
  flowPage(
    { provider, assets, doors },
    {
      path,
      who: 'the session that began in this flow',
      get: {
        summary: 'The page that offers a passkey',
        noEvent: 'reads only',
        draw: ({ interaction }) => draw(provider, interaction, { doors }),
      },
      post: {
        summary: 'Add the passkey, or do without',
        max: provider.limits.signIn,
        events: ['passkey.added', 'authorization.granted'],
        form: OfferForm,
        formOf: purposeOf,
        submit: ({ interaction, isOwn }) => submit(provider, interaction, { doors, isOwn }),
      },
    },
  )
