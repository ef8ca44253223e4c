import { Command } from 'commander'
import { inspectConfig, settingsInForce } from '../config/installation.ts'
import { configDocumentCommands, showVersion } from './config-document.ts'
import { readConfigFile } from './config-file.ts'
import { group } from './groups.ts'
import { answer, table, withExamples, withJson } from './output.ts'

type Options = { readonly json?: boolean }

const show = async (version: string | undefined, { json = false }: Options): Promise<void> => {
  if (version !== undefined) return showVersion(version, json)
  const settings = settingsInForce(inspectConfig())
  answer(json, { settings }, () => table([['name', 'value', 'from'], ...settings.map(({ name, value, source }) => [name, value, source])]))
}

const check = async (file: string | undefined, { json = false }: Options): Promise<void> => {
  if (file === undefined) inspectConfig()
  else await readConfigFile(file)
  answer(json, { ok: true }, () => (file === undefined ? 'The settings are fine.' : 'The form of the file is fine.'))
}

export const configCommand = (program: Command): void =>
  group(program, {
    name: 'config',
    description: 'show and check the settings of this machine; export, plan and apply the configuration of a tenant',
    children: [
      withExamples(
        withJson(
          new Command('show')
            .description('print the settings in force, of secrets only whether they are set; or a version of the configuration')
            .argument('[version]', 'see cip config history'),
        ).action(show),
        'config show',
        'config show --json',
        'config show 12',
      ),
      withExamples(
        withJson(
          new Command('check')
            .description('check the settings as a start would, or the form of a configuration file; all problems at once')
            .argument('[file]', 'YAML or JSON; no database is asked'),
        ).action(check),
        'config check',
        'config check tenant.yaml',
      ),
      ...configDocumentCommands(),
    ],
  })
