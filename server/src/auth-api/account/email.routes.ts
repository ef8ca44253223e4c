import { Type } from 'typebox'
import { type AnyRoute, freshlySignedIn, route, signedIn } from '../../http/route.ts'
import { checkEmail, readIdentifier } from '../../users/users.ts'
import { Detail } from '../schemas.ts'
import type { AccountDeps } from './account.ts'
import { me } from './me.routes.ts'
import { badField, codeRefusal, digitsOf, fewPerActor, languageOf, ownAccount, shared } from './replies.routes.ts'
import { Code, Me } from './schemas.ts'

const path = '/account/v1/email'
const SentTo = Type.Object({ sent_to: Type.String() })
const Address = Type.Object({ email: Type.String({ maxLength: 320 }) }, { additionalProperties: false })

const change = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path,
    summary: 'Ask for another e-mail address',
    description: 'Sends a code and a link to it. Nothing changes before one of them comes back.',
    auth: freshlySignedIn,
    limit: fewPerActor(deps),
    audit: { event: 'proof.sent' },
    request: { body: Address },
    responses: { 202: SentTo, 409: Detail },
    handle: async ({ tenantId, actor, body, headers, events }) => {
      const { userId } = actor
      const check = checkEmail(body.email)
      if (check.kind === 'refused') throw badField(['email'], 'value_error', check.reason)
      const { canonical: address, written } = check.identifier
      const own = await ownAccount(deps, actor)
      const isPresent = own.email !== null && readIdentifier(own.email)?.canonical === address
      if (isPresent) return { status: 409, body: { detail: 'This is the address of the account already' } }
      // Whether somebody else has the address is told only to who reads its mail.
      await deps.doors.proofs.send(tenantId, {
        ...{ purpose: 'change-email', to: { userId, address, written }, typed: address },
        ...{ language: languageOf(headers['accept-language']), payload: { written, from: own.email ?? '' }, events },
      })
      return { status: 202, body: { sent_to: written } }
    },
  })

const confirm = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/confirm`,
    summary: 'Prove the other address by its code; it takes the place of the present one',
    auth: signedIn,
    limit: fewPerActor(deps),
    audit: { event: 'email.changed' },
    request: { body: Code },
    responses: { 200: Me, 400: Detail, 409: Detail },
    handle: async ({ tenantId, actor, body, events }) => {
      const { proofs, changes, emailNotice } = deps.doors
      const { userId } = actor
      const tried = await proofs.confirm(tenantId, { userId, purpose: 'change-email', code: digitsOf(body), method: 'email-code' })
      if (tried.kind !== 'passed') return codeRefusal(tried.kind)
      const { address: canonical, payload } = tried.proof
      const to = { canonical, written: String(payload['written'] ?? canonical) }
      const notice = emailNotice(tenantId, { userId, to: String(payload['from'] ?? ''), now: to.written })
      const outcome = await changes.changeEmail(tenantId, { userId, to, notice, events })
      if (outcome !== 'changed') return { status: 409, body: { detail: 'Another account has this address' } }
      return { status: 200, body: await me(deps, actor) }
    },
  })

const verification = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/verification`,
    summary: 'Send a code and a link that prove the present address',
    auth: signedIn,
    limit: fewPerActor(deps),
    audit: { event: 'proof.sent' },
    responses: { 202: SentTo, 409: Detail },
    handle: async ({ tenantId, actor, headers, events }) => {
      const { userId } = actor
      const { email: written, email_verified: isVerified } = await ownAccount(deps, actor)
      const address = written === null ? undefined : readIdentifier(written)?.canonical
      if (written === null || address === undefined) return { status: 409, body: { detail: 'The account has no e-mail address' } }
      if (isVerified) return { status: 409, body: { detail: 'The address was proved already' } }
      const language = languageOf(headers['accept-language'])
      await deps.doors.proofs.send(tenantId, {
        ...{ purpose: 'verify-email', to: { userId, address, written }, typed: address, language, events },
      })
      return { status: 202, body: { sent_to: written } }
    },
  })

const verify = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/verification/confirm`,
    summary: 'Prove the present address by its code',
    auth: signedIn,
    limit: fewPerActor(deps),
    audit: { event: 'user.email_verified' },
    request: { body: Code },
    responses: { 200: Me, 400: Detail },
    handle: async ({ tenantId, actor, body, events }) => {
      const { proofs, changes } = deps.doors
      const { userId } = actor
      const tried = await proofs.confirm(tenantId, { userId, purpose: 'verify-email', code: digitsOf(body), method: 'email-code' })
      if (tried.kind !== 'passed') return codeRefusal(tried.kind)
      const isVerified = await changes.verifyEmail(tenantId, { userId, address: tried.proof.address, events })
      if (!isVerified) return codeRefusal('gone')
      return { status: 200, body: await me(deps, actor) }
    },
  })

export const emailRoutes = (deps: AccountDeps): readonly AnyRoute[] => [change, confirm, verification, verify].map((make) => make(deps))
