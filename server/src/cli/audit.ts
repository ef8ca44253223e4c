import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { auditOrigin, type Base } from '../compose.ts'
import { checkpointKey, extendChain, latestCheckpoint, readCheckpoint, type TreeHead, verifierKey } from '../events/chain/chain.job.ts'
import { type Finding, type Verification, verifyChain } from '../events/chain/verify.job.ts'
import { findTenantSlug } from '../tenants/lookup.job.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { group } from './groups.ts'
import { answer, plain, withExamples, withJson } from './output.ts'

type Options = { readonly json?: boolean; readonly checkpoint?: readonly string[] }

const keyOf = ({ config }: Base) => checkpointKey(config.key('audit-checkpoints'))

const sentences: { readonly [K in Finding['kind']]: (finding: Extract<Finding, { kind: K }>) => string } = {
  changed: ({ position, event, at }) => `Event ${event} of ${at} (number ${position} of the tree) was changed.`,
  removed: ({ position, event, at }) => `Event ${event} of ${at} (number ${position} of the tree) was removed.`,
  'leaf-missing': ({ position }) => `The tree has no number ${position}: leaves were removed from the chain itself.`,
  'wrong-root': ({ size }) => `The head of the first ${size} events is not the one that was signed: leaves were changed.`,
  'wrong-signature': ({ size }) => `The checkpoint of ${size} events is not signed by this installation.`,
  truncated: ({ size, expected }) => `The tree ends at ${size} events, and ${expected} were signed: its end was cut off.`,
  'not-in-tree': ({ event, at, type }) => `Event ${event} of ${at} (${plain(type)}) is in no tree: it was put in afterwards.`,
  'other-history': ({ size }) =>
    `The first ${size} events are not those of the checkpoint that was kept: the whole history was written anew.`,
  'unproved-expiry': ({ before }) => `Events before ${plain(before)} are said to have expired, and the tree does not know who said so.`,
}

const sentenceOf = (finding: Finding): string => (sentences[finding.kind] as (one: Finding) => string)(finding)

const linesOf = ({ size, checkpoints, expired, findings, isCut }: Verification): string[] => [
  ...findings.map(sentenceOf),
  ...(isCut ? ['There is more. Mend this first, and verify again.'] : []),
  findings.length === 0
    ? `${size} events and ${checkpoints} checkpoints are as they were signed${expired > 0 ? `; ${expired} events have expired since` : ''}.`
    : 'The audit events are NOT as they were written.',
]

const readKept = async (base: Base, paths: readonly string[]): Promise<readonly TreeHead[]> =>
  Promise.all(
    paths.map(async (path) => {
      const text = await readFile(path, 'utf8').catch(() => {
        throw new CliError(`The file ${plain(path)} cannot be read.`)
      })
      const head = readCheckpoint(text, keyOf(base))
      if (head === undefined) throw new CliError(`${plain(path)} is no checkpoint that this installation has signed.`)
      return head
    }),
  )

const originOf = async ({ config, db, tenantId }: Base): Promise<string> =>
  auditOrigin(config, (await findTenantSlug(db, tenantId)) ?? 'default')

const verify = ({ json = false, checkpoint = [] }: Options): Promise<void> =>
  onDatabase(async (base) => {
    const kept = await readKept(base, checkpoint)
    const onProgress = (size: number): void => {
      if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${size.toLocaleString('en-US')} events ...`)
    }
    const found = await verifyChain(base.tenantId, { sql: base.db, key: keyOf(base), kept, onProgress })
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
    answer(json, found, () => linesOf(found))
    if (found.findings.length > 0) process.exitCode = 1
  })

const collect = (one: string, before: readonly string[] = []): readonly string[] => [...before, one]

const verifyCommand = (): Command =>
  withExamples(
    withJson(
      new Command('verify').description(
        'find every change, removal, insertion and truncation of the audit events; exit code 1 where there is one',
      ),
    )
      .option('--checkpoint <file>', 'a checkpoint that was kept elsewhere; again for more', collect)
      .action(verify),
    'audit verify',
    'audit verify --checkpoint /mnt/elsewhere/audit-2026-11.txt',
  )

const checkpointCommand = (): Command =>
  withExamples(
    withJson(
      new Command('checkpoint').description('take in what waits, and print the signed head of the tree, to be kept elsewhere'),
    ).action(({ json = false }: Options) =>
      onDatabase(async (base) => {
        const { db, tenantId } = base
        await extendChain({ db, key: keyOf(base), origin: await originOf(base) }, tenantId)
        const latest = await latestCheckpoint(tenantId, db)
        if (latest === undefined) throw new CliError('There are no events yet.')
        answer(json, { size: latest.size, checkpoint: latest.note }, () => latest.note.trimEnd().split('\n'))
      }),
    ),
    'audit checkpoint > /mnt/elsewhere/audit-2026-11.txt',
  )

const keyCommand = (): Command =>
  withExamples(
    withJson(new Command('key').description('print the key that checkpoints are verified by (C2SP signed-note)')).action(
      ({ json = false }: Options) =>
        onDatabase(async (base) => {
          const key = verifierKey(await originOf(base), keyOf(base))
          answer(json, { key }, () => key)
        }),
    ),
    'audit key',
  )

export const auditCommand = (program: Command): void =>
  group(program, {
    name: 'audit',
    description: 'prove that the audit events are as they were written',
    children: [verifyCommand(), checkpointCommand(), keyCommand()],
  })
