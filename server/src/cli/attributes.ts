import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { changeSetting, readSetting } from '../settings/settings.job.ts'
import { defaultAttributeSchema, readAttributeSchema } from '../users/profile.job.ts'
import { attributeSchemaKey } from './attributes-base.ts'
import { changeSettingOf } from './config-change.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { group } from './groups.ts'
import { answer, plain, withExamples, withJson } from './output.ts'

const show = (): Command =>
  withExamples(
    withJson(new Command('show').description('print the JSON Schema of attributes')).action(({ json = false }: { json?: boolean }) =>
      onDatabase(async ({ db, tenantId }) => {
        const schema = (await readSetting(tenantId, db, attributeSchemaKey)) ?? defaultAttributeSchema
        answer(json, schema, () => JSON.stringify(schema, null, 2))
      }),
    ),
    'attributes schema show > schema.json',
  )

const readSchemaFile = async (path: string): Promise<unknown> => {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw new CliError(`The schema file cannot be read (${(error as NodeJS.ErrnoException).code}). Check its path and permissions.`)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new CliError('The schema file is not JSON. Correct it and set it again.')
  }
}

const setSchema = async (file: string, { json = false }: { json?: boolean }): Promise<void> => {
  const schema = await readSchemaFile(file)
  const reading = readAttributeSchema(schema)
  if (reading.kind === 'refused') throw new CliError(plain(reading.sentence.replaceAll('\n', ' ')))
  await onDatabase(async (base) => {
    const change = () => schema
    await changeSettingOf(base, { name: 'attributes', change: (deps) => changeSetting<unknown>(deps, { key: attributeSchemaKey, change }) })
    answer(json, { saved: true }, () => 'The attribute schema was saved. It is asked from the next change of a user on.')
  })
}

const set = (): Command =>
  withExamples(
    withJson(
      new Command('set')
        .description('replace the JSON Schema of attributes (2020-12 or draft-07)')
        .argument('<file>', 'the schema; without additionalProperties it allows its own properties alone'),
    ).action(setSchema),
    'attributes schema set schema.json',
  )

export const attributesCommand = (program: Command): void => {
  group(program, { name: 'attributes', description: 'what may be known of users', children: [] })
  const parent = program.commands.find((command) => command.name() === 'attributes')
  if (parent !== undefined)
    group(parent, { name: 'schema', description: 'the JSON Schema that attributes are checked with', children: [show(), set()] })
}
