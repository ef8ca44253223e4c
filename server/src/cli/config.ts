import { Command } from 'commander'
import { inspectConfig, settingsInForce } from '../config/installation.ts'
import { group } from './groups.ts'
import { answer, table, withExamples, withJson } from './output.ts'

const show = ({ json = false }: { json?: boolean }): void => {
  const settings = settingsInForce(inspectConfig())
  answer(json, { settings }, () => table([['name', 'value', 'from'], ...settings.map(({ name, value, source }) => [name, value, source])]))
}

const check = ({ json = false }: { json?: boolean }): void => {
  inspectConfig()
  answer(json, { ok: true }, () => 'The settings are fine.')
}

export const configCommand = (program: Command): void =>
  group(program, {
    name: 'config',
    description: 'show and check the settings',
    children: [
      withExamples(
        withJson(new Command('show').description('print the settings in force; of secrets only whether they are set')).action(show),
        'config show',
        'config show --json',
      ),
      withExamples(
        withJson(new Command('check').description('check the settings as a start would, all problems at once')).action(check),
        'config check',
      ),
    ],
  })
