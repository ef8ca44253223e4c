import { Command } from 'commander'
import { CliError } from './errors.ts'
import { group } from './groups.ts'
import { confirm } from './input.ts'
import { answer, plain, table, withExamples, withJson } from './output.ts'
import { onResources, resourceJson, resourceLines, unknownResource } from './resources-base.ts'
import { resourcesCreate, resourcesUpdate } from './resources-save.ts'

type Options = { readonly json?: boolean; readonly yes?: boolean }

const resourcesList = (): Command =>
  withExamples(
    withJson(new Command('list').description('list the APIs that accept access tokens')).action(({ json = false }: Options) =>
      onResources(async (admin) => {
        const resources = await admin.list()
        const rows = resources.map(({ identifier, name, scopes }) => [identifier, name, scopes.join(' ')])
        answer(json, { resources: resources.map(resourceJson) }, () =>
          rows.length === 0
            ? ['No APIs. Register one with: cip resources create https://api.example.com']
            : table([['identifier', 'name', 'scopes'], ...rows]),
        )
      }),
    ),
    'resources list',
  )

const resourcesShow = (): Command =>
  withExamples(
    withJson(new Command('show').description('show one API').argument('<identifier>')).action(
      (identifier: string, { json = false }: Options) =>
        onResources(async (admin) => {
          const resource = await admin.find(identifier)
          if (resource === undefined) throw unknownResource(identifier)
          answer(json, resourceJson(resource), () => resourceLines(resource))
        }),
    ),
    'resources show https://api.example.com',
  )

const remove = (identifier: string, { json = false, yes = false }: Options): Promise<void> =>
  onResources(async (admin) => {
    if ((await admin.find(identifier)) === undefined) throw unknownResource(identifier)
    await confirm(`Delete the API ${plain(identifier)}? No application gets tokens for it any more.`, yes)
    if (!(await admin.remove(identifier))) throw new CliError('It was deleted meanwhile.')
    answer(json, { identifier, changed: true }, () => `The API ${plain(identifier)} was deleted.`)
  })

const resourcesDelete = (): Command =>
  withExamples(
    withJson(new Command('delete').description('delete an API; asks first').argument('<identifier>'))
      .option('--yes', 'do not ask')
      .action(remove),
    'resources delete https://api.example.com --yes',
  )

export const resourcesCommand = (program: Command): void =>
  group(program, {
    name: 'resources',
    description: 'register, list and change APIs that accept access tokens',
    children: [resourcesList(), resourcesShow(), resourcesCreate(), resourcesUpdate(), resourcesDelete()],
  })
