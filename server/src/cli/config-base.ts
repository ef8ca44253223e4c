import type { ConfigActing, ConfigAdmin, ConfigDocument, ConfigProblem } from '../compose-config.ts'
import { ApprovalNeeded } from '../settings/settings.job.ts'
import { configActing, configOf } from './config-change.ts'
import { type ConfigFile, problemsError } from './config-file.ts'
import { printChanges } from './config-print.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { confirm } from './input.ts'
import { answer } from './output.ts'

/** Runs `work` with the configuration of the tenant that was chosen; the command line may do everything. */
export const onConfig = <T>(work: (config: ConfigAdmin, acting: ConfigActing) => Promise<T>): Promise<T> =>
  onDatabase((base) => work(configOf(base), configActing(base)))

export type ApplyOptions = { readonly prune?: boolean; readonly plan?: string; readonly yes?: boolean; readonly json?: boolean }
type Applying = { readonly document: ConfigDocument; readonly whereIs: ConfigFile['whereIs'] }

const refused = (whereIs: ConfigFile['whereIs'], problems: readonly ConfigProblem[]): CliError => problemsError({ whereIs }, problems)

/** What applying a document would do; throws with every problem of it. */
export const planOf = async (
  { config, acting }: { readonly config: ConfigAdmin; readonly acting: ConfigActing },
  { document, whereIs }: Applying,
  prune: boolean,
) => {
  const planned = await config.plan(acting, { document, prune })
  if (planned.kind === 'refused') throw refused(whereIs, planned.problems)
  return planned
}

const stale = 'Something was changed since that plan was made. Nothing was changed. Look at a new plan: cip config plan'

/** Shows the plan, asks, and does it: all of it or nothing. */
export const planAndApply = (
  { document, whereIs }: Applying,
  { prune = false, plan, yes = false, json = false }: ApplyOptions,
): Promise<void> =>
  onConfig(async (config, acting) => {
    const planned = await planOf({ config, acting }, { document, whereIs }, prune)
    if (plan !== undefined && plan !== planned.hash) throw new CliError(stale)
    if (planned.changes.length === 0)
      return answer(json, { version: null, changes: [], secrets: [] }, () => 'Nothing differs. Nothing was changed.')
    if (!json) process.stdout.write(`${printChanges(planned.changes).join('\n')}\n`)
    if (plan === undefined) await confirm('Apply this?', yes)
    const outcome = await config.apply(acting, { document, prune, hash: planned.hash })
    if (outcome.kind === 'refused') throw refused(whereIs, outcome.problems)
    if (outcome.kind === 'approval-needed') throw new ApprovalNeeded()
    if (outcome.kind !== 'applied') throw new CliError(stale)
    const { version, changes, secrets } = outcome
    answer(json, { version, changes, secrets }, () => [
      `Applied as version ${version}.`,
      ...secrets.map(({ section, key, secret }) => `Secret of ${section} ${key}: ${secret} (shown only now)`),
    ])
  })
