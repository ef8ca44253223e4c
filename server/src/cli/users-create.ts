import { Command } from 'commander'
import type { Base } from '../compose.ts'
import { openHashPool, passwordPolicyOf } from '../credentials/password/password.ts'
import { type EventMaker, makeEvent } from '../events/events.ts'
import { createSignUp, type SignUp, type SignUpOutcome } from '../login/login.ts'
import type { AttributeProblem, NewProfile, ProfileAdmin } from '../users/profile.job.ts'
import { registrationStore } from '../users/user-admin.job.ts'
import { profileAdminOf } from './attributes-base.ts'
import { type AttributeOptions, attributeProblems, wantedAttributes, withAttributes } from './attributes-options.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { type PasswordOptions, readNewPassword } from './input.ts'
import { answer, withExamples, withJson } from './output.ts'

type Options = PasswordOptions & AttributeOptions & { readonly username: string; readonly email: string; readonly json?: boolean }
type Input = Parameters<SignUp>[0]['input']

const eventMaker = (tenantId: string): EventMaker => {
  const make: EventMaker['make'] = (input) => makeEvent({ ...input, tenantId, payload: { ...input.payload, via: 'cli' } } as never)
  return { make, makeConditional: make, count: () => undefined }
}

type NewUser = { readonly input: Input; readonly profile: NewProfile; readonly profiles: ProfileAdmin }

// An operator makes accounts whatever the tenant lets others do.
const anyPolicy = async () => ({ signUp: 'open', emailProof: 'never' }) as const

const register = async ({ config, db, tenantId }: Base, { input, profile, profiles }: NewUser): Promise<SignUpOutcome> => {
  const hashes = openHashPool(config, 1)
  const store = {
    ...registrationStore(db),
    register: (_: string, one: Parameters<ProfileAdmin['register']>[0]) => profiles.register(one, profile),
  }
  try {
    return await createSignUp({ store, hashes, policy: passwordPolicyOf(config), policyOf: anyPolicy })({
      tenantId,
      input,
      via: 'cli',
      events: eventMaker(tenantId),
    })
  } finally {
    await hashes.close()
  }
}

/** Everything that a registration would say, with nothing hashed and nothing written. */
const rehearse = ({ config, db, tenantId }: Base, input: Input): Promise<SignUpOutcome> => {
  const store = { ...registrationStore(db), register: async () => ({ kind: 'registered', number: 0 }) as const }
  const signUp = createSignUp({ store, hashes: { hash: async () => '' }, policy: passwordPolicyOf(config), policyOf: anyPolicy })
  return signUp({ tenantId, input, via: 'cli', events: eventMaker(tenantId) })
}

const refusals = (outcome: SignUpOutcome): readonly string[] => {
  if (outcome.kind === 'invalid') return outcome.problems.map(({ field, sentence }) => `${field}: ${sentence.replace(/\.$/, '')}.`)
  if (outcome.kind === 'taken') return [`The ${outcome.which === 'email' ? 'e-mail address' : 'user name'} is taken. Choose another one.`]
  return []
}

const refuse = (outcome: SignUpOutcome, problems: readonly AttributeProblem[]): void => {
  const lines = [...refusals(outcome), ...attributeProblems(problems)]
  if (lines.length > 0) throw new CliError(lines.join('\n'))
}

const run = async ({ username, email, json = false, ...rest }: Options): Promise<void> => {
  const attributes = await wantedAttributes(rest)
  const password = await readNewPassword(rest)
  const input = { username, email, password }
  await onDatabase(async (base) => {
    const profiles = profileAdminOf(base)
    const problems = await profiles.check(attributes)
    if (problems.length > 0) refuse(await rehearse(base, input), problems)
    const outcome = await register(base, { input, profiles, profile: { attributes, isEmailVerified: rest.emailVerified ?? false } })
    if (outcome.kind !== 'registered') return refuse(outcome, [])
    const { number } = outcome
    answer(json, { number, username: outcome.username, email: outcome.email }, () => `Created user ${number} (${outcome.username}).`)
  })
}

export const usersCreate = (): Command =>
  withExamples(
    withAttributes(
      withJson(new Command('create').description('create a user, with the checks of a registration'))
        .requiredOption('--username <name>', 'user name')
        .requiredOption('--email <address>', 'e-mail address')
        .option('--email-verified', 'the e-mail address is theirs')
        .option('--password-stdin', 'read the password from standard input')
        .option('--password-file <file>', 'read the password from a file; without either the terminal asks'),
    ).action(run),
    'users create --username alice --email alice@example.com',
    'users create --username alice --email alice@example.com --password-stdin < password.txt',
    'users create --username alice --email alice@example.com --email-verified --given-name Alice --locale de-CH --attribute department=Sales',
  )
