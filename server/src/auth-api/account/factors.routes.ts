import { Type } from 'typebox'
import { drawQrCode } from '../../credentials/totp/totp.ts'
import { empty } from '../../http/content.ts'
import { type AnyRoute, freshlySignedIn, route, signedIn } from '../../http/route.ts'
import { Detail } from '../schemas.ts'
import type { AccountDeps } from './account.ts'
import { passkeyReply } from './passkeys.routes.ts'
import { fewPerActor, gone, notFound, ownAccount, perActor, shared } from './replies.routes.ts'
import { Code, Factors } from './schemas.ts'

const list = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: '/account/v1/factors',
    summary: 'What the account is signed in to with',
    auth: signedIn,
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Factors },
    handle: async ({ tenantId, actor }) => {
      const { factors, progression } = deps.doors
      const [found, passkeys, policy] = await Promise.all([
        deps.account.factors(tenantId, actor.userId),
        factors.listPasskeys(tenantId, actor.userId),
        progression.policyOf(tenantId),
      ])
      const body = {
        password: { set: found.password_at !== null, changed_at: found.password_at?.toISOString() ?? null },
        totp: { enrolled: found.totp_at !== null, confirmed_at: found.totp_at?.toISOString() ?? null },
        recovery_codes: { left: found.recovery_codes },
        passkeys: passkeys.map(passkeyReply),
        email_code: found.has_email && policy.methods['email-code'],
        sms_code: found.has_phone && policy.methods['sms-code'],
      }
      return { status: 200, body }
    },
  })

const begin = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: '/account/v1/totp',
    summary: 'Begin to set up an authenticator app',
    auth: freshlySignedIn,
    limit: fewPerActor(deps),
    audit: { none: 'nothing guards the account before a first code confirms it' },
    responses: {
      201: Type.Object({ key: Type.String(), uri: Type.String(), qr: Type.Object({ path: Type.String(), size: Type.Integer() }) }),
      409: Detail,
    },
    handle: async ({ tenantId, actor }) => {
      const { userId } = actor
      const { username, email } = await ownAccount(deps, actor)
      const labels = { issuer: new URL(deps.issuer).hostname, account: username ?? email ?? userId }
      const begun = await deps.doors.factors.totp.begin(tenantId, { userId, ...labels })
      if (begun === undefined) return { status: 409, body: { detail: 'An authenticator app is set up already. Remove it first' } }
      return { status: 201, body: { key: begun.key, uri: begun.uri, qr: drawQrCode(begun.uri) } }
    },
  })

const confirm = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: '/account/v1/totp/confirm',
    summary: 'Confirm the authenticator app by its first code',
    description: 'Where the account had no recovery codes, they are made and shown this once.',
    auth: freshlySignedIn,
    limit: fewPerActor(deps),
    audit: { event: 'totp.enrolled' },
    request: { body: Code },
    responses: { 200: Type.Object({ recovery_codes: Type.Union([Type.Array(Type.String()), Type.Null()]) }), 400: Detail, 409: Detail },
    handle: async ({ tenantId, actor, body, events, origin }) => {
      const { factors, factorChanges, notices } = deps.doors
      const { userId } = actor
      const event = events.make({ type: 'totp.enrolled', userId, payload: {} })
      const notice = notices(tenantId, origin, { userId, template: 'factor-changed', what: 'Authenticator app' })
      const outcome = await factorChanges.confirmTotp(tenantId, { userId, answer: body.code, event, notice })
      if (outcome.kind === 'failed') return { status: 400, body: { detail: 'This code is not right' } }
      if (outcome.kind === 'nothing-pending') return { status: 409, body: { detail: 'No authenticator app waits for its first code' } }
      if ((await factors.recovery.countLeft(tenantId, userId)) > 0) return { status: 200, body: { recovery_codes: null } }
      const made = events.make({ type: 'recovery_codes.made', userId, payload: { count: 10 } })
      const codes = await factors.recovery.make(tenantId, { userId, event: made })
      return { status: 200, body: { recovery_codes: codes === undefined ? null : [...codes] } }
    },
  })

const removeTotp = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: '/account/v1/totp',
    summary: 'Remove the authenticator app',
    auth: freshlySignedIn,
    limit: fewPerActor(deps),
    audit: { event: 'totp.removed' },
    responses: { 204: empty, 404: Detail },
    handle: async ({ tenantId, actor, events, origin }) => {
      const { userId } = actor
      const event = events.make({ type: 'totp.removed', userId, payload: {} })
      const notice = deps.doors.notices(tenantId, origin, { userId, template: 'factor-changed', what: 'Authenticator app removed' })
      if (!(await deps.doors.factorChanges.removeTotp(tenantId, { userId, event, notice }))) throw notFound()
      return { status: 204, body: undefined }
    },
  })

const recovery = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: '/account/v1/recovery-codes',
    summary: 'Make ten new recovery codes; the ones before end',
    auth: freshlySignedIn,
    limit: fewPerActor(deps),
    audit: { event: 'recovery_codes.made' },
    responses: { 201: Type.Object({ codes: Type.Array(Type.String()) }) },
    handle: async ({ tenantId, actor, events, origin }) => {
      const { userId } = actor
      const event = events.make({ type: 'recovery_codes.made', userId, payload: { count: 10 } })
      const notice = deps.doors.notices(tenantId, origin, { userId, template: 'factor-changed', what: 'Recovery codes' })
      const codes = await deps.doors.factorChanges.makeRecoveryCodes(tenantId, { userId, event, notice })
      if (codes === undefined) throw gone()
      return { status: 201, body: { codes: [...codes] } }
    },
  })

export const factorRoutes = (deps: AccountDeps): readonly AnyRoute[] =>
  [list, begin, confirm, removeTotp, recovery].map((make) => make(deps))
