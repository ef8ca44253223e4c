import { Command } from 'commander'
import type { Config } from '../config/config.ts'
import { checkPolicy, normalizePassword, openHashPool, passwordPolicyOf } from '../credentials/password/password.ts'
import type { AccountRow } from '../users/user-admin.job.ts'
import { CliError } from './errors.ts'
import { type PasswordOptions, readNewPassword } from './input.ts'
import { withExamples, withJson } from './output.ts'
import { findUser } from './user-reference.ts'
import { onUsers } from './users-base.ts'
import { report } from './users-change.ts'

const encode = async (config: Config, user: AccountRow, text: string): Promise<string> => {
  const password = normalizePassword(text)
  if (password.kind === 'refused') throw new CliError(password.sentence)
  const context = { userName: user.username ?? undefined, email: user.email ?? undefined }
  const problems = checkPolicy(password.secret, passwordPolicyOf(config), context)
  if (problems.length > 0) throw new CliError(problems.map(({ sentence }) => sentence).join('\n'))
  const hashes = openHashPool(config, 1)
  try {
    return await hashes.hash(password.secret)
  } finally {
    await hashes.close()
  }
}

const run = (reference: string, { json = false, ...source }: PasswordOptions & { json?: boolean }): Promise<void> =>
  onUsers(async (admin, { config }) => {
    const user = await findUser(admin, reference)
    const encoded = await encode(config, user, await readNewPassword(source))
    const words = { done: 'has the new password', unchanged: 'was not changed' }
    report(json, { user, change: await admin.setPassword(user.id, encoded), words })
  })

export const usersSetPassword = (): Command =>
  withExamples(
    withJson(
      new Command('set-password')
        .description('set the password of a user: a lock ends, and so does every session')
        .argument('<user>', 'user name, e-mail address, number or UUID'),
    )
      .option('--password-stdin', 'read the password from standard input')
      .option('--password-file <file>', 'read the password from a file; without either the terminal asks')
      .action(run),
    'users set-password alice',
    'users set-password alice --password-file /run/secrets/alice',
  )
