import { Command } from 'commander'
import { compareDocuments, configFileSchema, countsOf, writtenConfig } from '../compose-config.ts'
import { type ApplyOptions, onConfig, planAndApply, planOf } from './config-base.ts'
import { readConfigFile, yamlOf } from './config-file.ts'
import { printChanges } from './config-print.ts'
import { CliError } from './errors.ts'
import { answer, plain, table, withExamples, withJson } from './output.ts'

type Options = { readonly json?: boolean; readonly prune?: boolean }

const exporting = (): Command =>
  withExamples(
    withJson(new Command('export').description('print the configuration of the tenant as one document, without people and secrets')).action(
      ({ json = false }: Options) =>
        onConfig(async (config, acting) => {
          const document = writtenConfig(await config.read(acting))
          answer(json, document, () => yamlOf(document))
        }),
    ),
    'config export > tenant.yaml',
    '--tenant acme config export --json',
  )

const pruneOption = ['--prune', 'let things go that the sections of the file do not name'] as const

const plan = (): Command =>
  withExamples(
    withJson(new Command('plan').description('what applying a file would change; nothing is changed').argument('<file>', 'YAML or JSON'))
      .option(...pruneOption)
      .action(async (path: string, { json = false, prune = false }: Options) => {
        const file = await readConfigFile(path)
        await onConfig(async (config, acting) => {
          const { hash, changes } = await planOf({ config, acting }, file, prune)
          answer(json, { plan: hash, changes, ...countsOf(changes) }, () => [...printChanges(changes), `Plan ${hash}`])
        })
      }),
    'config plan tenant.yaml',
    'config plan tenant.yaml --prune --json',
  )

const apply = (): Command =>
  withExamples(
    withJson(
      new Command('apply')
        .description('change the configuration to what a file says, all of it or nothing')
        .argument('<file>', 'YAML or JSON'),
    )
      .option(...pruneOption)
      .option('--plan <hash>', 'do exactly this plan, without asking, or nothing')
      .option('--yes', 'do not ask')
      .action(async (path: string, options: ApplyOptions) => planAndApply(await readConfigFile(path), options)),
    'config apply tenant.yaml',
    'config apply tenant.yaml --plan 3f1c...',
  )

const diff = (): Command =>
  withExamples(
    withJson(
      new Command('diff')
        .description('how a file differs from another one, or the tenant from a file')
        .argument('<file>', 'YAML or JSON')
        .argument('[other]', 'the tenant where it is left out'),
    ).action(async (path: string, other: string | undefined, { json = false }: Options) => {
      const file = await readConfigFile(path)
      const changes =
        other === undefined
          ? (await onConfig((config, acting) => planOf({ config, acting }, file, true))).changes
          : compareDocuments(file.document, (await readConfigFile(other)).document)
      answer(json, { changes }, () => printChanges(changes))
    }),
    'config diff tenant.yaml',
    'config diff before.yaml after.yaml',
  )

const schema = (): Command =>
  withExamples(
    new Command('schema')
      .description('print the JSON Schema of the file, which editors complete and check by')
      .action(() => answer(true, configFileSchema(), () => '')),
    'config schema > config.schema.json',
  )

const history = (): Command =>
  withExamples(
    withJson(new Command('history').description('what changed the configuration, as a whole or one thing of it, the newest first')).action(
      ({ json = false }: Options) =>
        onConfig(async (config) => {
          const versions = (await config.versions({ below: Number.MAX_SAFE_INTEGER, limit: 100 })).map(({ changes, ...one }) => ({
            ...{ version: one.version, applied_at: one.applied_at.toISOString(), via: one.via, actor: one.actor, approval: one.approval },
            ...countsOf(changes),
          }))
          const rows = versions.map((one) => [
            ...[String(one.version), one.applied_at, one.via, one.actor ?? '', one.approval ?? ''],
            `+${one.created} ~${one.changed} -${one.deleted}`,
          ])
          answer(json, { versions }, () => table([['version', 'applied at', 'via', 'by', 'approval', 'changes'], ...rows]))
        }),
    ),
    'config history',
  )

const versionOf = (text: string): number => {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new CliError(`"${plain(text)}" is no version. See: cip config history`, 2)
}

/** Prints the configuration as it was after a version. */
export const showVersion = (text: string, json: boolean): Promise<void> =>
  onConfig(async (config) => {
    const found = await config.version(versionOf(text))
    if (found === undefined) throw new CliError(`Version ${text} is not kept. See: cip config history`)
    const document = writtenConfig(found.document)
    answer(json, document, () => yamlOf(document))
  })

const revert = (): Command =>
  withExamples(
    withJson(
      new Command('revert')
        .description('go back to what the configuration was after a version; what was made elsewhere since stays')
        .argument('<version>'),
    )
      .option('--yes', 'do not ask')
      .action(async (text: string, options: ApplyOptions) => {
        const version = versionOf(text)
        const back = await onConfig((config) => config.backTo(version))
        if (back.kind === 'gone') throw new CliError(`Version ${version} is not kept. See: cip config history`)
        if (back.kind !== 'found')
          throw new CliError(`What it takes to go back to version ${version} is not kept any more. Go back to a later one.`)
        await planAndApply({ document: back.document, whereIs: () => `version ${version}` }, options)
      }),
    'config revert 12',
  )

/** The commands about the configuration of a tenant as one document. */
export const configDocumentCommands = (): readonly Command[] => [exporting(), plan(), apply(), diff(), history(), revert(), schema()]
