import { Command } from 'commander'
import type { Base } from '../compose.ts'
import { openHashPool, passwordPolicyOf } from '../credentials/password/password.ts'
import { type EventMaker, makeEvent } from '../events/events.ts'
import { createSignUp, type SignUp, type SignUpOutcome } from '../login/login.ts'
import { registrationStore } from '../users/user-admin.job.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { type PasswordOptions, readNewPassword } from './input.ts'
import { answer, withExamples, withJson } from './output.ts'

type Options = PasswordOptions & { readonly username: string; readonly email: string; readonly json?: boolean }

const eventMaker = (tenantId: string): EventMaker => {
  const make: EventMaker['make'] = (input) => makeEvent({ ...input, tenantId, payload: { ...input.payload, via: 'cli' } } as never)
  return { make, makeConditional: make, count: () => undefined }
}

const register = async ({ config, db, tenantId }: Base, input: Parameters<SignUp>[0]['input']): Promise<SignUpOutcome> => {
  const hashes = openHashPool(config, 1)
  try {
    const signUp = createSignUp({ store: registrationStore(db), hashes, policy: passwordPolicyOf(config) })
    return await signUp({ tenantId, input, events: eventMaker(tenantId) })
  } finally {
    await hashes.close()
  }
}

const run = async ({ username, email, json = false, ...source }: Options): Promise<void> => {
  const password = await readNewPassword(source)
  await onDatabase(async (base) => {
    const outcome = await register(base, { username, email, password })
    if (outcome.kind === 'invalid')
      throw new CliError(outcome.problems.map(({ field, sentence }) => `${field}: ${sentence.replace(/\.$/, '')}.`).join('\n'))
    if (outcome.kind === 'taken')
      throw new CliError(`The ${outcome.which === 'email' ? 'e-mail address' : 'user name'} is taken. Choose another one.`)
    const { number } = outcome
    answer(json, { number, username: outcome.username, email: outcome.email }, () => `Created user ${number} (${outcome.username}).`)
  })
}

export const usersCreate = (): Command =>
  withExamples(
    withJson(new Command('create').description('create a user, with the checks of a registration'))
      .requiredOption('--username <name>', 'user name')
      .requiredOption('--email <address>', 'e-mail address')
      .option('--password-stdin', 'read the password from standard input')
      .option('--password-file <file>', 'read the password from a file; without either the terminal asks')
      .action(run),
    'users create --username alice --email alice@example.com',
    'users create --username alice --email alice@example.com --password-stdin < password.txt',
  )
