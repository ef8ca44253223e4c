import { Command } from 'commander'
import { type AccountRow, type Change, ownedAloneSentence, type UserAdmin } from '../users/user-admin.job.ts'
import { CliError } from './errors.ts'
import { confirm } from './input.ts'
import { answer, withExamples, withJson } from './output.ts'
import { findUser } from './user-reference.ts'
import { onUsers } from './users-base.ts'

type Options = { readonly json?: boolean; readonly yes?: boolean }

const nameOf = ({ username, number }: AccountRow): string => `user ${number} (${username ?? 'no user name'})`

const sessionsText = (ended: number): string => (ended === 1 ? '1 session was ended' : `${ended} sessions were ended`)

type Reported = {
  readonly user: AccountRow
  readonly change: Change
  readonly words: { readonly done: string; readonly unchanged: string }
}

/** Says what a change did; `words` are for the change and for its having been so before. */
export const report = (isJson: boolean, { user, change, words }: Reported): void => {
  if (change.kind === 'gone') throw new CliError(`The ${nameOf(user)} was deleted meanwhile.`)
  if (change.kind === 'held') throw new CliError(ownedAloneSentence(change.organizations))
  const sessionsEnded = change.kind === 'done' ? change.sessionsEnded : 0
  const { id, number, username } = user
  answer(isJson, { id, number, username, changed: change.kind === 'done', sessionsEnded }, () =>
    change.kind === 'done'
      ? `The ${nameOf(user)} ${words.done}${sessionsEnded > 0 ? `; ${sessionsText(sessionsEnded)}` : ''}.`
      : `The ${nameOf(user)} ${words.unchanged}.`,
  )
}

type Verb = {
  readonly name: 'disable' | 'enable' | 'delete'
  readonly description: string
  readonly done: string
  readonly unchanged: string
  readonly change: (admin: UserAdmin, user: AccountRow) => Promise<Change>
}

const verbs: readonly Verb[] = [
  {
    name: 'disable',
    description: 'disable a user: no sign-in from now on, and every session ends',
    done: 'was disabled',
    unchanged: 'is disabled already',
    change: (admin, { id }) => admin.disable(id),
  },
  {
    name: 'enable',
    description: 'enable a disabled user again',
    done: 'was enabled',
    unchanged: 'is not disabled',
    change: (admin, { id }) => admin.enable(id),
  },
  {
    name: 'delete',
    description: 'delete a user with everything that belongs to it; asks first',
    done: 'was deleted',
    unchanged: 'was not there',
    change: (admin, user) => admin.remove(user),
  },
]

const commandOf = ({ name, description, change, ...words }: Verb): Command => {
  const command = withJson(new Command(name).description(description).argument('<user>', 'user name, e-mail address, number or UUID'))
  if (name === 'delete') command.option('--yes', 'do not ask')
  command.action((reference: string, { json = false, yes = false }: Options) =>
    onUsers(async (admin) => {
      const user = await findUser(admin, reference)
      if (name === 'delete') await confirm(`Delete the ${nameOf(user)} for good?`, yes)
      report(json, { user, change: await change(admin, user), words })
    }),
  )
  return withExamples(command, `users ${name} alice`, `users ${name} 42${name === 'delete' ? ' --yes' : ''} --json`)
}

export const usersChanges = (): Command[] => verbs.map(commandOf)
