import { Command } from 'commander'
import { type EventMaker, makeEvent } from '../events/events.ts'
import { isUuid } from '../platform/ids.ts'
import type { DeliveryRow, WebhookAdmin, WebhookOutcome, WebhookRow } from '../webhooks/webhooks.job.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { group } from './groups.ts'
import { confirm } from './input.ts'
import { answer, facts, plain, table, withExamples, withJson } from './output.ts'
import { configuredWebhooks } from './webhooks-base.ts'

type By = Pick<EventMaker, 'make'>
type At = { readonly webhooks: WebhookAdmin; readonly by: By; readonly check: (url: string, types: readonly string[]) => void }
type Options = {
  readonly json?: boolean
  readonly event?: readonly string[]
  readonly description?: string
  readonly delivery?: string
  readonly yes?: boolean
}

const onWebhooks = <T>(work: (at: At) => Promise<T>): Promise<T> =>
  onDatabase((base) => {
    const { webhooks, urlProblemOf, eventTypes } = configuredWebhooks(base)
    const { tenantId } = base
    const check = (url: string, types: readonly string[]): void => {
      const problem = urlProblemOf(url)
      if (problem !== undefined) throw new CliError(problem)
      const unknown = types.find((one) => one !== '*' && !eventTypes.includes(one))
      if (unknown !== undefined) throw new CliError(`There is no event "${plain(unknown)}". See docs/events.md.`)
    }
    return work({ webhooks, check, by: { make: (input) => makeEvent({ ...input, tenantId }) } })
  })

const view = ({ id, url, description, event_types, is_enabled: enabled, disabled_reason, failing_since }: WebhookRow) => ({
  ...{ id, url, description, event_types, enabled, disabled_reason },
  failing_since: failing_since?.toISOString() ?? null,
})

const lines = (row: WebhookRow): string[] =>
  facts([
    ['id', row.id],
    ['address', row.url],
    ['description', row.description],
    ['events', row.event_types.join(' ')],
    ['enabled', row.is_enabled ? 'yes' : `no${row.disabled_reason === null ? '' : `: ${row.disabled_reason}`}`],
  ])

const idOf = (text: string): string => {
  if (isUuid(text)) return text
  throw new CliError(`"${plain(text)}" is no id of a webhook. See: cip webhooks list`, 2)
}

const gone = (): CliError => new CliError('There is no such webhook. See: cip webhooks list')

const done = (outcome: WebhookOutcome) => {
  if (outcome.kind === 'done') return outcome
  throw outcome.kind === 'too-many' ? new CliError('The tenant has as many webhooks as may be. Delete one first.') : gone()
}

const collect = (one: string, before: readonly string[] = []): readonly string[] => [...before, one]

const list = (): Command =>
  withExamples(
    withJson(new Command('list').description('webhooks with their health')).action(({ json = false }: Options) =>
      onWebhooks(async ({ webhooks }) => {
        const rows = await webhooks.list()
        const cells = rows.map((row) => [
          ...[row.id, row.url, row.event_types.join(' '), row.is_enabled ? 'yes' : 'no'],
          row.failing_since?.toISOString() ?? '',
        ])
        answer(json, { webhooks: rows.map(view) }, () => table([['id', 'address', 'events', 'enabled', 'failing since'], ...cells]))
      }),
    ),
    'webhooks list',
  )

const create = (): Command =>
  withExamples(
    withJson(new Command('create').description('send events to an address; its secret is shown once').argument('<url>'))
      .requiredOption('--event <type>', 'a type of event, a group as user.*, or *; may be repeated', collect)
      .option('--description <text>', 'what it is for')
      .action((url: string, { event = [], description = '', json = false }: Options) =>
        onWebhooks(async ({ webhooks, by, check }) => {
          check(url, event)
          if (description.length > 200) throw new CliError('A description has at most 200 characters.', 2)
          const made = await webhooks.create(by, { url, description, event_types: [...new Set(event)], is_enabled: true })
          const { webhook, secret = '' } = done(made)
          answer(json, { ...view(webhook), secret }, () => [...lines(webhook), `Secret: ${secret} (shown only now)`])
        }),
      ),
    "webhooks create https://hooks.example.com/identity --event 'user.*'",
  )

const switching = (name: 'enable' | 'disable', description: string): Command =>
  withExamples(
    withJson(new Command(name).description(description).argument('<id>')).action((id: string, { json = false }: Options) =>
      onWebhooks(async ({ webhooks, by }) => {
        const { webhook } = done(await webhooks.change(by, { id: idOf(id), to: { is_enabled: name === 'enable' } }))
        answer(json, view(webhook), () => lines(webhook))
      }),
    ),
    `webhooks ${name} 019a0000-0000-7000-8000-000000000000`,
  )

const remove = (): Command =>
  withExamples(
    withJson(new Command('delete').description('delete a webhook with its deliveries').argument('<id>'))
      .option('--yes', 'do not ask')
      .action(async (text: string, { yes = false, json = false }: Options) => {
        const id = idOf(text)
        await confirm(`Delete the webhook ${id} with its deliveries?`, yes)
        await onWebhooks(async ({ webhooks, by }) => {
          if ((await webhooks.remove(by, { id })) !== 'done') throw gone()
          answer(json, { id, deleted: true }, () => 'Deleted.')
        })
      }),
    'webhooks delete 019a0000-0000-7000-8000-000000000000',
  )

const test = (): Command =>
  withExamples(
    withJson(new Command('test').description('write the event webhook.tested, which a server that runs sends').argument('<id>')).action(
      (id: string, { json = false }: Options) =>
        onWebhooks(async ({ webhooks, by }) => {
          if (!(await webhooks.test(by, idOf(id)))) throw gone()
          answer(json, { id, written: true }, () => 'Written. What becomes of it: cip webhooks deliveries')
        }),
    ),
    'webhooks test 019a0000-0000-7000-8000-000000000000',
  )

const deliveryView = (row: DeliveryRow) => ({
  ...{ id: row.id, event_type: row.event_type, event_at: row.event_at, state: row.state, attempts: row.attempts },
  ...{ status: row.last_status, error: row.last_error },
})

const deliveries = (): Command =>
  withExamples(
    withJson(new Command('deliveries').description('the last fifty deliveries of a webhook').argument('<id>')).action(
      (id: string, { json = false }: Options) =>
        onWebhooks(async ({ webhooks }) => {
          if ((await webhooks.find(idOf(id))) === undefined) throw gone()
          const rows = (await webhooks.deliveries({ webhookId: id, state: undefined, after: undefined, limit: 50 })).map(deliveryView)
          const cells = rows.map((row) => [row.id, row.event_type, row.state, String(row.attempts), row.error ?? String(row.status ?? '')])
          answer(json, { deliveries: rows }, () => table([['id', 'event', 'state', 'tries', 'last answer'], ...cells]))
        }),
    ),
    'webhooks deliveries 019a0000-0000-7000-8000-000000000000',
  )

const replay = (): Command =>
  withExamples(
    withJson(new Command('replay').description('send again what was given up, or one delivery that has ended').argument('<id>'))
      .option('--delivery <id>', 'one delivery')
      .action((id: string, { delivery, json = false }: Options) =>
        onWebhooks(async ({ webhooks, by }) => {
          const one = delivery === undefined ? undefined : idOf(delivery)
          const count = await webhooks.replay(by, { webhookId: idOf(id), id: one })
          if (count === undefined) throw new CliError('There is no such webhook, or no such delivery of it that has ended.')
          answer(json, { deliveries: count }, () => `${count} to be sent again.`)
        }),
      ),
    'webhooks replay 019a0000-0000-7000-8000-000000000000',
  )

export const webhooksCommand = (program: Command): void =>
  group(program, {
    name: 'webhooks',
    description: 'send events to addresses of yours',
    children: [
      ...[list(), create(), switching('enable', 'open a webhook again'), switching('disable', 'send a webhook nothing')],
      ...[remove(), test(), deliveries(), replay()],
    ],
  })
