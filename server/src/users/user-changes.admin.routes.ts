import { type Static, Type } from 'typebox'
import type { Tx } from '../db/database.ts'
import type { EventMaker } from '../events/events.ts'
import { empty } from '../http/content.ts'
import { changedMeanwhile, conflict, invalid, notFoundError, type ValidationProblem } from '../http/errors.ts'
import { demandedVersion, etagOf } from '../http/etag.ts'
import { type AnyRoute, permission, route } from '../http/route.ts'
import { newId } from '../platform/ids.ts'
import type { AttributeProblem, Attributes } from './attributes.ts'
import { checkEmail, checkUsername, type Identifier, type IdentifierCheck } from './identifiers.ts'
import { idOf, loaded, path, perActor, shared, type UserRoutesDeps } from './user-replies.admin.routes.ts'
import { Detail, detailView } from './user-views.ts'

const username = Type.String({ minLength: 1, maxLength: 256 })
const email = Type.String({ minLength: 1, maxLength: 320 })
const attributes = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description })
const strict = { additionalProperties: false } as const

const NewUser = Type.Object(
  {
    username,
    email,
    email_verified: Type.Optional(Type.Boolean({ default: false, description: 'The address is known to be theirs.' })),
    attributes: Type.Optional(attributes('By the attribute schema of the tenant.')),
    send_reset: Type.Optional(
      Type.Boolean({ default: false, description: 'Mails the person a link by which they choose a password. Nobody else ever sets one.' }),
    ),
  },
  { ...strict, examples: [{ username: 'alex', email: 'alex@example.com', attributes: { given_name: 'Alex' }, send_reset: true }] },
)

const UserChange = Type.Object(
  {
    username: Type.Optional(username),
    email: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 320,
        description: 'The earlier address is told, with a link that takes it back for seven days.',
      }),
    ),
    email_verified: Type.Optional(
      Type.Boolean({ description: 'Of the address that the account then has; a new one is not proved without it.' }),
    ),
    language: Type.Optional(
      Type.Unsafe<string | null>({
        anyOf: [{ type: 'string', pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$', maxLength: 35 }, { type: 'null' }],
      }),
    ),
    attributes: Type.Optional(attributes('Each replaces the present value; null takes it away.')),
  },
  { ...strict, minProperties: 1, examples: [{ email: 'alex@example.com', attributes: { given_name: 'Alex', nickname: null } }] },
)

const problem = (loc: readonly string[], msg: string): ValidationProblem => ({
  type: 'value_error',
  loc: ['body', ...loc],
  msg,
  input: null,
})

const problemsOf = (field: 'username' | 'email', check: IdentifierCheck | undefined): readonly ValidationProblem[] =>
  check?.kind === 'refused' ? [problem([field], check.reason)] : []

const attributeProblems = (problems: readonly AttributeProblem[]): readonly ValidationProblem[] =>
  problems.slice(0, 20).map(({ attribute, sentence }) => problem(['attributes', attribute.slice(0, 128)], sentence))

const identifierOf = (check: IdentifierCheck | undefined): Identifier | undefined => (check?.kind === 'ok' ? check.identifier : undefined)

const taken = (which: Identifier['kind']) =>
  conflict(`${which}-taken`, `Another account has this ${which === 'email' ? 'e-mail address' : 'user name'}. Choose another.`)

type Checked = { readonly username: Identifier; readonly email: Identifier; readonly attributes: Attributes }

const checked = async ({ profiles }: UserRoutesDeps, body: Static<typeof NewUser>): Promise<Checked> => {
  const [name, address] = [checkUsername(body.username), checkEmail(body.email)]
  const given: Attributes = body.attributes ?? {}
  const wrong = await profiles.check(given)
  const problems = [...problemsOf('username', name), ...problemsOf('email', address), ...attributeProblems(wrong)]
  if (name.kind !== 'ok' || address.kind !== 'ok' || problems.length > 0) throw invalid(problems)
  return { username: name.identifier, email: address.identifier, attributes: given }
}

const register = async (
  deps: UserRoutesDeps,
  checkedUser: Checked,
  { isVerified, events }: { isVerified: boolean; events: EventMaker },
) => {
  const userId = newId()
  const { username: name, email: address, attributes: given } = checkedUser
  const registered = events.make({ type: 'user.registered', userId, payload: { via: 'admin' } })
  const outcome = await deps.profiles.register(
    { userId, username: name, email: address, encoded: undefined, events: [registered] },
    { attributes: given, isEmailVerified: isVerified, by: { via: 'admin', make: events.make } },
  )
  if (outcome.kind === 'taken') throw taken(outcome.which)
  return loaded(deps, userId)
}

const create = (deps: UserRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path,
    summary: 'Make an account',
    description: 'Without a password: the person chooses one by the link of a mail, or signs in in another way that the tenant allows.',
    auth: permission('users:write'),
    limit: perActor(deps),
    audit: { event: 'user.registered' },
    isIdempotent: true,
    request: { body: NewUser },
    responses: { 201: Detail },
    handle: async ({ body, events }) => {
      const user = await register(deps, await checked(deps, body), { isVerified: body.email_verified === true, events })
      if (body.send_reset === true) await deps.sendReset({ user, events })
      const headers = { etag: etagOf(user.version), location: `${path}/${user.id}` }
      return { status: 201, body: detailView(user), headers }
    },
  })

type Changing = { readonly userId: string; readonly body: Static<typeof UserChange>; readonly events: EventMaker }

/** What changes beside the attributes, in the transaction that they change in. */
const alsoBy = (deps: UserRoutesDeps, { userId, body, events }: Changing) => {
  const name = body.username === undefined ? undefined : checkUsername(body.username)
  const address = body.email === undefined ? undefined : checkEmail(body.email)
  const problems = [...problemsOf('username', name), ...problemsOf('email', address)]
  if (problems.length > 0) throw invalid(problems)
  return async (tx: Tx): Promise<readonly string[]> => {
    const outcome = await deps.names.change(tx, {
      ...{ userId, make: events.make, username: identifierOf(name), email: identifierOf(address), language: body.language },
      isEmailVerified: body.email_verified === true,
    })
    if (outcome.kind === 'taken') throw taken(outcome.which)
    return outcome.changed
  }
}

const change = (deps: UserRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'PATCH',
    path: `${path}/:id`,
    summary: 'Change names, language and attributes of an account',
    auth: permission('users:write'),
    limit: perActor(deps),
    audit: { none: 'what was changed is written in the transaction of the change, each with an event of its own' },
    request: { body: UserChange },
    responses: { 200: Detail },
    handle: async ({ actor, body, params, headers, events }) => {
      const userId = idOf(params)
      const version = demandedVersion(headers)
      const guard = deps.guardBy({ permissions: actor.permissions, events })
      const outcome = await deps.profiles.change(userId, {
        ...{ set: body.attributes ?? {}, address: {}, unset: [] },
        isEmailVerified: body.email === undefined ? body.email_verified : undefined,
        by: { via: 'admin', make: events.make },
        guard: async (tx) => {
          await guard(tx, { userId, shutsOut: false })
          if (version !== undefined && (await deps.find(userId, tx))?.version !== version) throw changedMeanwhile()
        },
        also: alsoBy(deps, { userId, body, events }),
      })
      if (outcome.kind === 'gone') throw notFoundError('user')
      if (outcome.kind === 'invalid') throw invalid(attributeProblems(outcome.problems))
      const user = await loaded(deps, userId)
      return { status: 200, body: detailView(user), headers: { etag: etagOf(user.version) } }
    },
  })

const reset = (deps: UserRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/:id/password-reset`,
    summary: 'Mail the person a link by which they choose a new password',
    description:
      'To the address of the account, which takes a few such mails in an hour. Nothing changes before the person has followed the link.',
    auth: permission('users:support'),
    limit: { by: 'actor', max: Math.min(deps.limit, 30), seconds: 60 },
    audit: { event: 'proof.sent' },
    responses: { 202: empty },
    handle: async ({ params, events }) => {
      const user = await loaded(deps, idOf(params))
      if (user.status !== 'active') throw conflict('account-shut', 'This account is disabled or frozen. Enable it first.')
      if (!(await deps.sendReset({ user, events }))) throw conflict('no-address', 'This account has no e-mail address. Give it one first.')
      return { status: 202, body: undefined }
    },
  })

/** Making and changing accounts. */
export const userChangesAdminRoutes = (deps: UserRoutesDeps): readonly AnyRoute[] => [create(deps), change(deps), reset(deps)]
