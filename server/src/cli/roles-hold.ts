import { Command } from 'commander'
import type { AccessOutcome, Holder } from '../access/access.job.ts'
import type { Base } from '../compose.ts'
import { CliError } from './errors.ts'
import { answer, plain, withExamples, withJson } from './output.ts'
import { onRoles, roleError } from './roles-base.ts'
import { findUser } from './user-reference.ts'
import { userAdminOf } from './users-base.ts'

type Options = { readonly json?: boolean; readonly user?: string; readonly client?: string; readonly group?: string }

const holderOf = async (base: Base, { user, client, group }: Options): Promise<Holder> => {
  const [one, ...others] = [user, client, group].filter((name) => name !== undefined)
  if (one === undefined || others.length > 0) throw new CliError('Say who: one of --user, --client or --group.')
  if (user !== undefined) return { kind: 'user', id: (await findUser(userAdminOf(base), user)).id }
  return client === undefined ? { kind: 'group', id: one } : { kind: 'client', id: client }
}

type Verb = { readonly name: 'give' | 'take'; readonly description: string; readonly done: string; readonly unchanged: string }

const report = (
  outcome: AccessOutcome,
  { role, holder, verb, json }: { role: string; holder: Holder; verb: Verb; json: boolean },
): void => {
  if (outcome.kind !== 'done' && outcome.kind !== 'unchanged') throw roleError(role, outcome)
  const changed = outcome.kind === 'done'
  answer(json, { role, holder, changed }, () => `The role ${plain(role)} ${changed ? verb.done : verb.unchanged}.`)
}

const commandOf = (verb: Verb): Command =>
  withExamples(
    withJson(new Command(verb.name).description(verb.description).argument('<role>'))
      .option('--user <user>', 'user name, e-mail address, number or UUID')
      .option('--client <id>', 'an application that acts for itself')
      .option('--group <id>', 'a group, whose members have the role then')
      .action((role: string, options: Options) =>
        onRoles(async (admin, acting, base) => {
          const holder = await holderOf(base, options)
          const outcome = await (verb.name === 'give' ? admin.give(acting, { holder, role }) : admin.take(acting, { holder, role }))
          report(outcome, { role, holder, verb, json: options.json ?? false })
        }),
      ),
    `roles ${verb.name} support --user alice`,
    `roles ${verb.name} developer --client build-server`,
  )

export const rolesGive = (): Command =>
  commandOf({
    name: 'give',
    description: 'give a person, an application or a group a role',
    done: 'was given',
    unchanged: 'is held already',
  })

export const rolesTake = (): Command =>
  commandOf({ name: 'take', description: 'take a role from whoever holds it', done: 'was taken', unchanged: 'is not held' })
