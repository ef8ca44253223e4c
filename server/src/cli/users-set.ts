import { Command } from 'commander'
import { profileAdminOf } from './attributes-base.ts'
import { type AttributeOptions, attributeChangeOf, attributeProblems, withAttributes } from './attributes-options.ts'
import { CliError } from './errors.ts'
import { answer, plain, withExamples, withJson } from './output.ts'
import { findUser } from './user-reference.ts'
import { onUsers } from './users-base.ts'

type Options = AttributeOptions & { readonly unset?: readonly string[]; readonly json?: boolean }

const run = async (reference: string, { unset = [], json = false, ...options }: Options): Promise<void> => {
  const wanted = await attributeChangeOf(options, unset)
  const { emailVerified: isEmailVerified } = options
  if (isEmailVerified === undefined && [...Object.keys(wanted.set), ...Object.keys(wanted.address), ...unset].length === 0)
    throw new CliError('Nothing to change was given. See: cip users set --help', 2)
  await onUsers(async (admin, base) => {
    const { id, number, username } = await findUser(admin, reference)
    const outcome = await profileAdminOf(base).change(id, { ...wanted, isEmailVerified })
    if (outcome.kind === 'invalid') throw new CliError(attributeProblems(outcome.problems).join('\n'))
    if (outcome.kind === 'gone') throw new CliError(`The user ${number} was deleted meanwhile.`)
    const changed = outcome.kind === 'done' ? outcome.changed : []
    answer(json, { id, number, username, changed }, () =>
      changed.length === 0 ? `The user ${number} has all of this already.` : `Changed of user ${number}: ${plain(changed.join(', '))}.`,
    )
  })
}

export const usersSet = (): Command =>
  withExamples(
    withAttributes(
      withJson(
        new Command('set').description('change the attributes of a user').argument('<user>', 'user name, e-mail address, number or UUID'),
      )
        .option('--email-verified', 'the e-mail address is theirs')
        .option('--no-email-verified', 'nobody knows whether the e-mail address is theirs'),
    )
      .option('--no-phone-number-verified', 'nobody knows whether the telephone number is theirs')
      .option('--unset <name>', 'take an attribute away, or a part of the address. Repeatable', (name: string, before: string[] = []) => [
        ...before,
        name,
      ])
      .action(run),
    'users set alice --given-name Alice --family-name Example --locale de-CH',
    'users set 42 --attribute department=Sales --attribute \'badges=["gold"]\' --json',
    'users set alice --email-verified --unset nickname',
  )
