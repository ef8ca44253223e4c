import { Type } from 'typebox'
import { acceptedCredentials, readPasskeyName, type Passkey as StoredPasskey } from '../../credentials/passkey/passkey.ts'
import { empty } from '../../http/content.ts'
import { AppError } from '../../http/errors.ts'
import { type Actor, type AnyRoute, freshlySignedIn, route, signedIn } from '../../http/route.ts'
import type { Passkeys } from '../../login/login.ts'
import { sha256 } from '../../platform/digest.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { Detail } from '../schemas.ts'
import type { AccountDeps } from './account.ts'
import { badField, fewPerActor, gone, notFound, ownAccount, perActor, shared } from './replies.routes.ts'
import { Passkey } from './schemas.ts'

const path = '/account/v1/passkeys'

export const passkeyReply = ({ id, name, createdAt, lastUsedAt, isBackedUp }: StoredPasskey) => ({
  ...{ id, name, backed_up: isBackedUp },
  created_at: createdAt.toISOString(),
  last_used_at: lastUsedAt?.toISOString() ?? null,
})

const opened = async ({ doors }: AccountDeps, tenantId: string): Promise<Passkeys> => {
  const passkeys = await doors.factors.passkeys(tenantId)
  if (passkeys !== undefined) return passkeys
  throw new AppError({ status: 409, code: 'no-passkeys', detail: 'Passkeys do not work at this address, or are not offered' })
}

// The challenge is good in the session that asked for it alone.
const boundTo = ({ sessionId }: Actor): Buffer => sha256(`account session ${sessionId}`)

const nameIn = (text: string | undefined): string | undefined => {
  const name = text === undefined ? undefined : readPasskeyName(text)
  if (text !== undefined && name === undefined) throw badField(['name'], 'value_error', 'A name has 1 to 64 characters on one line')
  return name
}

const tooMany = { status: 409, body: { detail: 'The account has as many passkeys as it can. Remove one first' } } as const

const options = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/options`,
    summary: 'Options for a new passkey',
    description: 'For PublicKeyCredential.parseCreationOptionsFromJSON; the token goes back with the answer within five minutes.',
    auth: freshlySignedIn,
    limit: fewPerActor(deps),
    audit: { none: 'nothing is changed before the answer' },
    responses: { 200: Type.Object({ options: Type.Unknown(), token: Type.String() }), 409: Detail },
    handle: async ({ tenantId, actor }) => {
      const { userId } = actor
      const { begin, attestation } = await opened(deps, tenantId)
      const { username, email } = await ownAccount(deps, actor)
      const userName = username ?? email ?? userId
      const names = { userName, displayName: userName }
      const begun = await begin(tenantId, { userId, ...names, use: 'sign-in', attestation, browser: boundTo(actor) })
      return begun.kind === 'begun' ? { status: 200, body: { options: begun.options, token: begun.token } } : tooMany
    },
  })

const Addition = Type.Object(
  {
    token: Type.String({ minLength: 1, maxLength: 1024 }),
    credential: Type.Record(Type.String(), Type.Unknown(), { description: 'What PublicKeyCredential.toJSON gave.' }),
    name: Type.Optional(Type.String({ maxLength: 256 })),
  },
  { additionalProperties: false },
)

const refusals = {
  exists: { status: 409, body: { detail: 'This passkey is registered already' } },
  'too-many': tooMany,
  refused: { status: 400, body: { detail: 'The passkey could not be verified. Begin again' } },
} as const

const add = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path,
    summary: 'Add a passkey',
    auth: freshlySignedIn,
    limit: fewPerActor(deps),
    audit: { event: 'passkey.added' },
    request: { body: Addition },
    responses: { 201: Passkey, 400: Detail, 409: Detail, 404: Detail },
    handle: async ({ tenantId, actor, body, events, origin }) => {
      const { factors, factorChanges, notices } = deps.doors
      const { userId } = actor
      const { deps: passkeys, attestation } = await opened(deps, tenantId)
      const name = nameIn(body.name)
      const id = newId()
      const outcome = await factorChanges.addPasskey(tenantId, {
        ...{ passkeys, userId, id, token: body.token, answer: body.credential, use: 'sign-in', attestation, browser: boundTo(actor) },
        ...(name === undefined ? {} : { name }),
        event: events.make({ type: 'passkey.added', userId, payload: { passkey: id } }),
        notice: notices(tenantId, origin, { userId, template: 'factor-changed', what: 'Passkey' }),
      })
      if (outcome.kind === 'unknown-user') throw gone()
      if (outcome.kind !== 'added') return refusals[outcome.kind]
      const added = (await factors.listPasskeys(tenantId, userId)).find((one) => one.id === id)
      if (added === undefined) throw notFound()
      return { status: 201, body: passkeyReply(added) }
    },
  })

const rename = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'PATCH',
    path: `${path}/:id`,
    summary: 'Give a passkey another name',
    auth: signedIn,
    limit: perActor(deps),
    audit: { event: 'passkey.renamed' },
    request: { body: Type.Object({ name: Type.String({ maxLength: 256 }) }, { additionalProperties: false }) },
    responses: { 200: Passkey, 404: Detail },
    handle: async ({ tenantId, actor, body, params, events }) => {
      const { factors } = deps.doors
      const { userId } = actor
      const { id = '' } = params
      const name = nameIn(body.name) ?? ''
      const event = events.make({ type: 'passkey.renamed', userId, payload: { passkey: id.slice(0, 36) } })
      if (!isUuid(id) || !(await factors.renamePasskey(tenantId, { userId, id, name, event }))) throw notFound()
      const renamed = (await factors.listPasskeys(tenantId, userId)).find((one) => one.id === id)
      if (renamed === undefined) throw notFound()
      return { status: 200, body: passkeyReply(renamed) }
    },
  })

const remove = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: `${path}/:id`,
    summary: 'Remove a passkey, unless it is the last way to sign in',
    auth: freshlySignedIn,
    limit: fewPerActor(deps),
    audit: { event: 'passkey.removed' },
    responses: { 204: empty, 409: Detail, 404: Detail },
    handle: async ({ tenantId, actor, params, events, origin }) => {
      const { factorChanges, notices, progression } = deps.doors
      const { userId } = actor
      const { id = '' } = params
      if (!isUuid(id)) throw notFound()
      const { methods } = await progression.policyOf(tenantId)
      const outcome = await factorChanges.removePasskey(tenantId, {
        ...{ userId, id, withPassword: methods.password, withEmail: methods['email-code'] },
        event: events.make({ type: 'passkey.removed', userId, payload: { passkey: id } }),
        notice: notices(tenantId, origin, { userId, template: 'factor-changed', what: 'Passkey removed' }),
      })
      if (outcome === 'unknown') throw notFound()
      if (outcome === 'last') return { status: 409, body: { detail: 'This is the last way to sign in. Add another one first' } }
      return { status: 204, body: undefined }
    },
  })

const Signal = Type.Object({
  rpId: Type.String(),
  userId: Type.String(),
  allAcceptedCredentialIds: Type.Array(Type.String()),
  name: Type.String(),
  displayName: Type.String(),
})

const signal = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${path}/signal`,
    summary: 'What the authenticators of a person are told (Web Authentication Level 3 section 5.1.10)',
    auth: signedIn,
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Signal, 409: Detail },
    handle: async ({ tenantId, actor }) => {
      const { userId } = actor
      const { relyingParty, store } = await opened(deps, tenantId)
      const { username, email } = await ownAccount(deps, actor)
      const name = username ?? email ?? userId
      const told = acceptedCredentials({ rpId: relyingParty.ids[0], userId, passkeys: await store.list(tenantId, userId) })
      return { status: 200, body: { ...told, name, displayName: name } }
    },
  })

export const passkeyRoutes = (deps: AccountDeps): readonly AnyRoute[] => [options, add, signal, rename, remove].map((make) => make(deps))
