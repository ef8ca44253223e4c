import { Type } from 'typebox'
import { checkPolicy, normalizePassword } from '../../credentials/password/password.ts'
import type { EventMaker } from '../../events/events.ts'
import { invalid, tooMany } from '../../http/errors.ts'
import { type Actor, type AnyRoute, freshlySignedIn, route } from '../../http/route.ts'
import type { Secret } from '../../platform/secret.ts'
import { Detail } from '../schemas.ts'
import type { AccountDeps } from './account.ts'
import { badField, badValue, fewPerActor, gone, shared } from './replies.routes.ts'

const NewPassword = Type.Object(
  {
    new_password: Type.String({ minLength: 1, description: 'At least 8 characters, at most 1,024 bytes, not one of the most common.' }),
    current_password: Type.Optional(Type.String({ minLength: 1, description: 'Required where the account has a password.' })),
  },
  { additionalProperties: false },
)

const readNew = (typed: string, deps: AccountDeps, names: { readonly username: string | null; readonly email: string | null }): Secret => {
  const password = normalizePassword(typed)
  if (password.kind === 'refused') throw badField(['new_password'], password.reason, password.sentence)
  const context = { userName: names.username ?? undefined, email: names.email ?? undefined }
  const problems = checkPolicy(password.secret, deps.doors.passwordPolicy, context)
  if (problems.length > 0) throw invalid(problems.map(({ code, sentence }) => badValue(['new_password'], code, sentence)))
  return password.secret
}

type Checking = { readonly actor: Actor; readonly name: string; readonly origin: { readonly ip: string }; readonly events: EventMaker }

/** The generation of the account at which the present password was right; undefined where it was not. */
const checkCurrent = async (deps: AccountDeps, typed: string, { actor, ...request }: Checking): Promise<number | undefined> => {
  const password = normalizePassword(typed)
  if (password.kind === 'refused') return undefined
  const { tenantId, userId } = actor
  const outcome = await deps.doors.checkPassword({ tenantId, userId, secret: password.secret, ...request })
  if (outcome.kind === 'limited') throw tooMany(outcome.retryAfterSeconds, 'Too many failed attempts. Try again later.')
  return outcome.kind === 'passed' ? outcome.generation : undefined
}

const wrong = { status: 400, body: { detail: 'The current password is not right' } } as const

/** Replaces the password. Every other session ends, with every grant that is not of this one. */
export const passwordRoute = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'PUT',
    path: '/account/v1/password',
    summary: 'Set the password; every other session ends',
    auth: freshlySignedIn,
    limit: fewPerActor(deps),
    audit: { event: 'password.set' },
    request: { body: NewPassword },
    responses: { 200: Type.Object({ sessions_ended: Type.Integer() }), 400: Detail, 409: Detail },
    handle: async ({ tenantId, actor, body, events, origin }) => {
      const { people, hashes, notices, changes } = deps.doors
      const { userId, sessionId } = actor
      const person = await people.byId(tenantId, userId)
      if (person === undefined) throw gone()
      const secret = readNew(body.new_password, deps, person)
      const { current_password: current } = body
      if (person.enrolled.hasPassword && current === undefined) throw badField(['current_password'], 'missing', 'Field required')
      const name = person.username ?? person.email ?? ''
      const generation = person.enrolled.hasPassword
        ? await checkCurrent(deps, current ?? '', { actor, name, origin, events })
        : person.generation
      if (generation === undefined) return wrong
      const encoded = await hashes.hash(secret)
      const notice = notices(tenantId, origin, { userId, template: 'password-changed' })
      const ended = await changes.savePassword(tenantId, { userId, generation, encoded, via: 'account', keeps: sessionId, events, notice })
      if (ended === undefined) return { status: 409, body: { detail: 'The account was changed meanwhile. Try again' } }
      for (const one of ended) deps.announceEnd(tenantId, one)
      return { status: 200, body: { sessions_ended: ended.length } }
    },
  })
