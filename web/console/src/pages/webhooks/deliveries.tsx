import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { pluralIn } from '@custom-identity-platform/kit/plural.ts'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useAdmin, useLanguage, useMay, useMessages } from '../../console-context.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Problem } from '../../parts/failure.tsx'
import { FilterBar } from '../../parts/filter-bar.tsx'
import { given, useSearchState } from '../../parts/search-state.ts'
import { StatusPill } from '../../parts/status-pill.tsx'
import { Time, TimeAgo } from '../../parts/time-ago.tsx'
import { useAction } from '../../parts/use-action.ts'
import { useList } from '../../parts/use-list.ts'
import { webhooksKey } from './webhook-parts.tsx'

type Delivery = AdminAnswer<'get', '/webhooks/{id}/deliveries'>['body']['deliveries'][number]

const states = ['waiting', 'delivered', 'dead'] as const
const refreshEveryMs = 5000

const useDeliveries = (id: string) => {
  const admin = useAdmin()
  const { state } = useSearchState().search
  return useList({
    key: [...webhooksKey, 'deliveries', id, state],
    everyMs: refreshEveryMs,
    read: async ({ cursor, signal }) => {
      const query = given({ state: states.find((one) => one === state), cursor })
      const { body } = await admin.get('/webhooks/{id}/deliveries', { path: { id }, query, signal })
      return { rows: body.deliveries, next: body.next }
    },
  })
}

const Answer = ({ delivery: { status, error } }: { readonly delivery: Delivery }) => {
  const { deliveries } = useMessages().webhooks
  if (status === null && error === null) return <span className="quiet">{deliveries.noAnswer}</span>
  return (
    <>
      {status === null ? null : <span className="number">{status}</span>}{' '}
      {error === null ? null : <span className="quiet break">{error}</span>}
    </>
  )
}

const useColumns = (replay: ((delivery: string) => void) | undefined): readonly Column<Delivery>[] => {
  const { deliveries } = useMessages().webhooks
  const columns: readonly Column<Delivery>[] = [
    { key: 'event', title: deliveries.event, cell: ({ event_type: type }) => <span className="mono">{type}</span> },
    {
      key: 'state',
      title: deliveries.state,
      cell: ({ state, next_try_at: next, attempts }) => (
        <>
          <StatusPill
            status={state as (typeof states)[number]}
            words={deliveries.states}
            kinds={{ waiting: 'plain', delivered: 'good', dead: 'bad' }}
          />{' '}
          {next === null || attempts === 0 ? null : (
            <span className="quiet">
              {deliveries.next} <TimeAgo at={next} />
            </span>
          )}
        </>
      ),
    },
    { key: 'answer', title: deliveries.answer, cell: (delivery) => <Answer delivery={delivery} /> },
    { key: 'attempts', title: deliveries.attempts, isExtra: true, isNumber: true, cell: ({ attempts }) => attempts },
    {
      key: 'took',
      title: deliveries.took,
      isExtra: true,
      isNumber: true,
      cell: ({ milliseconds: took }) => (took === null ? '' : deliveries.milliseconds(took)),
    },
    { key: 'at', title: deliveries.at, isExtra: true, cell: ({ created_at: at }) => <Time at={at} /> },
  ]
  if (replay === undefined) return columns
  const cell = ({ id, state }: Delivery) =>
    state === 'waiting' ? null : (
      <Button size="xs" variant="default" onClick={() => replay(id)}>
        {deliveries.replay}
      </Button>
    )
  return [...columns, { key: 'replay', title: '', cell }]
}

const useReplay = (id: string, done: () => void) => {
  const admin = useAdmin()
  const plural = pluralIn(useLanguage())
  const { deliveries } = useMessages().webhooks
  return useAction({
    run: async (delivery: string | undefined): Promise<number> => {
      const { body } =
        delivery === undefined
          ? await admin.post('/webhooks/{id}/replay', { path: { id } })
          : await admin.post('/webhooks/{id}/deliveries/{delivery}/replay', { path: { id, delivery } })
      return body.deliveries
    },
    said: (count: number) => plural(count, deliveries.replayed),
    refresh: [[...webhooksKey, 'deliveries', id]],
    done,
  })
}

/** What was sent to a webhook, and what became of it. */
export const Deliveries = ({ id }: { readonly id: string }) => {
  const { deliveries } = useMessages().webhooks
  const may = useMay()
  const list = useDeliveries(id)
  const [isAsked, setAsked] = useState(false)
  const { act, isPending, error } = useReplay(id, () => setAsked(false))
  const columns = useColumns(may('webhooks:write') ? act : undefined)
  const replayAll = may('webhooks:write') ? (
    <Button size="xs" variant="default" onClick={() => setAsked(true)}>
      {deliveries.replayAll}
    </Button>
  ) : undefined
  const choices = states.map((value) => ({ value, label: deliveries.states[value] }))
  return (
    <Panel title={deliveries.title} action={replayAll}>
      <FilterBar filters={[{ kind: 'choice', name: 'state', label: deliveries.state, choices }]} />
      {isAsked ? null : <Problem error={error} />}
      <DataTable
        {...{ label: deliveries.title, list, columns }}
        rowKey={(one) => one.id}
        rowName={({ event_type: type }) => type}
        empty={{ icon: 'webhook', title: deliveries.none, text: deliveries.noneText }}
      />
      {isAsked ? (
        <ConfirmDialog
          {...{ title: deliveries.replayAll, yes: deliveries.replay, isBusy: isPending, error, isDangerous: false }}
          onYes={() => act(undefined)}
          onClose={() => setAsked(false)}
        >
          <p>{deliveries.replayAllText}</p>
        </ConfirmDialog>
      ) : null}
    </Panel>
  )
}
