import { Command } from 'commander'
import type { ClientAdmin, StoredClient } from '../clients/clients.job.ts'
import { onClients } from './clients-base.ts'
import { findClient } from './clients-print.ts'
import { confirm } from './input.ts'
import { answer, plain, withExamples, withJson } from './output.ts'

type Options = { readonly json?: boolean; readonly yes?: boolean }

type Verb = {
  readonly name: 'disable' | 'enable' | 'delete'
  readonly description: string
  readonly done: string
  readonly unchanged: string
  readonly change: (admin: ClientAdmin, id: string) => Promise<boolean>
}

const verbs: readonly Verb[] = [
  {
    name: 'disable',
    description: 'disable an application: no sign-in and no token for it from now on',
    done: 'was disabled',
    unchanged: 'is disabled already',
    change: (admin, id) => admin.setStatus(id, 'disabled'),
  },
  {
    name: 'enable',
    description: 'enable a disabled application again',
    done: 'was enabled',
    unchanged: 'is not disabled',
    change: (admin, id) => admin.setStatus(id, 'active'),
  },
  {
    name: 'delete',
    description: 'delete an application with everything granted to it; asks first',
    done: 'was deleted',
    unchanged: 'was not there',
    change: (admin, id) => admin.remove(id),
  },
]

const nameOf = ({ id, name }: StoredClient): string => `client ${plain(id)}${name === null ? '' : ` (${plain(name)})`}`

const commandOf = ({ name, description, change, done, unchanged }: Verb): Command => {
  const command = withJson(new Command(name).description(description).argument('<client-id>'))
  if (name === 'delete') command.option('--yes', 'do not ask')
  command.action((id: string, { json = false, yes = false }: Options) =>
    onClients(async (admin) => {
      const client = await findClient(admin, id)
      if (name === 'delete') await confirm(`Delete the ${nameOf(client)} for good?`, yes)
      const isChanged = await change(admin, id)
      answer(json, { client_id: id, changed: isChanged }, () => `The ${nameOf(client)} ${isChanged ? done : unchanged}.`)
    }),
  )
  return withExamples(command, `clients ${name} shop${name === 'delete' ? ' --yes' : ''}`)
}

export const clientsChanges = (): Command[] => verbs.map(commandOf)
