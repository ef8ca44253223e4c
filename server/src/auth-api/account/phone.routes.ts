import { Type } from 'typebox'
import { empty } from '../../http/content.ts'
import { invalid } from '../../http/errors.ts'
import { type AnyRoute, freshlySignedIn, route, signedIn } from '../../http/route.ts'
import { isTextable } from '../../login/login.ts'
import { Detail } from '../schemas.ts'
import type { AccountDeps } from './account.ts'
import { me } from './me.routes.ts'
import { badValue, codeRefusal, digitsOf, fewPerActor, languageOf, notFound, ownAccount, shared } from './replies.routes.ts'
import { Code, Me } from './schemas.ts'

const path = '/account/v1/phone'
const notTextable = 'No text messages are sent to numbers of this country here. Use a number of another country, or an authenticator app'

const Phone = Type.Object(
  { phone: Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$', maxLength: 16, description: 'E.164, such as +491701234567.' }) },
  { additionalProperties: false },
)

const change = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path,
    summary: 'Send a code to a phone number, to prove it',
    auth: freshlySignedIn,
    limit: fewPerActor(deps),
    audit: { event: ['proof.sent', 'proof.withheld'] },
    request: { body: Phone },
    responses: { 202: Type.Object({ sent_to: Type.String() }), 409: Detail },
    handle: async ({ tenantId, actor, body, headers, events }) => {
      const { userId } = actor
      const { phone } = body
      if (!isTextable(await deps.doors.progression.policyOf(tenantId), phone))
        throw invalid([badValue(['phone'], 'not_textable', notTextable)])
      const own = await ownAccount(deps, actor)
      if (own.phone === phone && own.phone_verified) return { status: 409, body: { detail: 'This is the number of the account already' } }
      await deps.doors.proofs.send(tenantId, {
        ...{ purpose: 'verify-phone', channel: 'sms', to: { userId, address: phone, written: phone }, typed: phone },
        ...{ language: languageOf(headers['accept-language']), events },
      })
      return { status: 202, body: { sent_to: phone } }
    },
  })

const confirm = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/confirm`,
    summary: 'Prove the phone number by its code; it takes the place of the present one',
    auth: signedIn,
    limit: fewPerActor(deps),
    audit: { event: 'phone.changed' },
    request: { body: Code },
    responses: { 200: Me, 400: Detail, 409: Detail },
    handle: async ({ tenantId, actor, body, events, origin }) => {
      const { proofs, phone, notices } = deps.doors
      const { userId } = actor
      const tried = await proofs.confirm(tenantId, { userId, purpose: 'verify-phone', code: digitsOf(body), method: 'sms-code' })
      if (tried.kind !== 'passed') return codeRefusal(tried.kind)
      const event = events.make({ type: 'phone.changed', userId, payload: {} })
      const notice = notices(tenantId, origin, { userId, template: 'factor-changed', what: 'Phone number' })
      const outcome = await phone.save(tenantId, { userId, phone: tried.proof.address, event, notice })
      if (outcome === 'taken') return { status: 409, body: { detail: 'Another account has this number' } }
      return { status: 200, body: await me(deps, actor) }
    },
  })

const remove = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path,
    summary: 'Remove the phone number',
    auth: freshlySignedIn,
    limit: fewPerActor(deps),
    audit: { event: 'phone.removed' },
    responses: { 204: empty, 404: Detail },
    handle: async ({ tenantId, actor, events, origin }) => {
      const { userId } = actor
      const event = events.make({ type: 'phone.removed', userId, payload: {} })
      const notice = deps.doors.notices(tenantId, origin, { userId, template: 'factor-changed', what: 'Phone number removed' })
      if (!(await deps.doors.phone.remove(tenantId, { userId, event, notice }))) throw notFound()
      return { status: 204, body: undefined }
    },
  })

export const phoneRoutes = (deps: AccountDeps): readonly AnyRoute[] => [change, confirm, remove].map((make) => make(deps))
