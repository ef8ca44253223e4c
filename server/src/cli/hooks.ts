import { Command, Option } from 'commander'
import { hookCallsOf, noting } from '../compose-hooks.ts'
import { settingKindsOf } from '../compose-setting-kinds.ts'
import { makeEvent } from '../events/events.ts'
import { createGuardedFetch } from '../platform/guarded-fetch/guarded-fetch.ts'
import { readSetting, type SettingDeps, saveSetting } from '../settings/settings.job.ts'
import { changeSettingOf } from './config-change.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { group } from './groups.ts'
import { wholeNumber } from './options.ts'
import { answer, table, withExamples, withJson } from './output.ts'

const points = ['before_registration', 'before_token', 'after_sign_in'] as const
type Point = (typeof points)[number]
type Shown = Readonly<Partial<Record<Point, Readonly<Record<string, unknown>>>>>
type Options = {
  readonly json?: boolean
  readonly onFailure: 'allow' | 'refuse'
  readonly timeout?: number
  readonly disabled?: boolean
  readonly newSecret?: boolean
}

const kindOf = (allow: readonly string[]) => {
  const kind = settingKindsOf(allow).find(({ name }) => name === 'hooks')
  if (kind === undefined) throw new Error('The setting of hooks is not there.')
  return kind
}

const pointOf = (text: string): Point => {
  const point = points.find((one) => one === text)
  if (point === undefined) throw new CliError(`There is no hook of this name. There are ${points.join(', ')}.`, 2)
  return point
}

const change = (update: (before: Shown) => Shown): Promise<Shown> =>
  onDatabase((base) => {
    const kind = kindOf(base.config.outboundAllow)
    const save = async (deps: SettingDeps): Promise<Shown> => {
      const stored = await readSetting(base.tenantId, deps.db, kind.key)
      const verdict = await kind.check(update(kind.show(stored) as Shown), stored)
      if (verdict.kind === 'refused') throw new CliError(verdict.problems.join('\n'))
      await saveSetting<unknown>(deps, { key: kind.key, change: () => verdict.value })
      return kind.show(verdict.value) as Shown
    }
    return changeSettingOf(base, { name: kind.name, change: save })
  })

const lines = (hooks: Shown): readonly string[] => {
  const rows = points.flatMap((point) => {
    const hook = hooks[point]
    if (hook === undefined) return []
    return [[point, String(hook['url']), hook['enabled'] === false ? 'no' : 'yes', String(hook['timeout_ms']), String(hook['on_failure'])]]
  })
  return rows.length === 0 ? ['There are no hooks.'] : table([['hook', 'address', 'enabled', 'milliseconds', 'on failure'], ...rows])
}

const list = (): Command =>
  withExamples(
    withJson(new Command('list').description('which hooks are asked, and what follows where they fail')).action(
      ({ json = false }: Options) =>
        onDatabase(async ({ config, db, tenantId }) => {
          const kind = kindOf(config.outboundAllow)
          const hooks = kind.show(await readSetting(tenantId, db, kind.key)) as Shown
          answer(json, hooks, () => lines(hooks))
        }),
    ),
    'hooks list',
  )

const set = (): Command =>
  withExamples(
    withJson(
      new Command('set').description('ask a hook of yours').argument('<hook>', points.join(', ')).argument('<url>', 'where it answers'),
    )
      .addOption(
        new Option('--on-failure <what>', 'whether people go on where it fails').choices(['allow', 'refuse']).makeOptionMandatory(),
      )
      .option('--timeout <milliseconds>', 'how long it is waited for', wholeNumber(100, 5000))
      .option('--disabled', 'keep it, and do not ask it')
      .option('--new-secret', 'sign with another secret; the one before signs beside it')
      .action(
        async (text: string, url: string, { onFailure, timeout = 2000, disabled = false, newSecret = false, json = false }: Options) => {
          const point = pointOf(text)
          const hooks = await change((before) => {
            const version = Number(before[point]?.['secret_version'] ?? 1) + (newSecret ? 1 : 0)
            const hook = { url, on_failure: onFailure, timeout_ms: timeout, enabled: !disabled, secret_version: version }
            return { ...before, [point]: hook }
          })
          answer(json, hooks, () => lines(hooks))
        },
      ),
    'hooks set before_token https://hooks.example.com/token --on-failure allow',
  )

const remove = (): Command =>
  withExamples(
    withJson(new Command('remove').description('ask a hook no more').argument('<hook>', points.join(', '))).action(
      async (text: string, { json = false }: Options) => {
        const point = pointOf(text)
        const hooks = await change(({ [point]: _, ...others }) => others)
        answer(json, hooks, () => lines(hooks))
      },
    ),
    'hooks remove before_token',
  )

type Called = { readonly tenantId: string; readonly note: ReturnType<typeof noting> }

const callsOf = (work: (calls: ReturnType<typeof hookCallsOf>, at: Called) => Promise<void>): Promise<void> =>
  onDatabase(({ config, db, tenantId }, { log }) => {
    const settings = { get: <T>(tenant: string, key: string) => readSetting<T>(tenant, db, key), clear: () => undefined }
    return work(hookCallsOf({ config, db, log, settings, fetch: createGuardedFetch({ allow: config.outboundAllow }) }), {
      tenantId,
      note: noting(db),
    })
  })

const missing = (): CliError => new CliError('This hook is not set. See: cip hooks list')

const secret = (): Command =>
  withExamples(
    withJson(
      new Command('secret').description('print the secret that signs what a hook is asked').argument('<hook>', points.join(', ')),
    ).action((text: string, { json = false }: Options) =>
      callsOf(async (calls, { tenantId, note }) => {
        const hook = pointOf(text)
        const found = await calls.secret(tenantId, hook)
        if (found === undefined) throw missing()
        await note(makeEvent({ tenantId, type: 'hook.secret_shown', payload: { hook } }))
        answer(json, { secret: found }, () => found)
      }),
    ),
    'hooks secret before_token',
  )

const test = (): Command =>
  withExamples(
    withJson(
      new Command('test').description('ask a hook with a sample and tell what came of it').argument('<hook>', points.join(', ')),
    ).action((text: string, { json = false }: Options) =>
      callsOf(async (calls, { tenantId }) => {
        const answered = await calls.test(tenantId, pointOf(text))
        if (answered === undefined) throw missing()
        if (answered.kind === 'failed') throw new CliError(`The hook failed: ${answered.reason}`)
        const { verdict } = answered
        const outcome = verdict.kind === 'refused' ? { outcome: 'refused', reason: verdict.sentence } : { outcome: 'allowed', reason: null }
        answer(json, outcome, () => (outcome.reason === null ? 'It allows.' : `It refuses: ${outcome.reason}`))
      }),
    ),
    'hooks test before_token',
  )

export const hooksCommand = (program: Command): void =>
  group(program, {
    name: 'hooks',
    description: 'ask a service of yours before registrations and tokens and after sign-ins',
    children: [list(), set(), remove(), secret(), test()],
  })
