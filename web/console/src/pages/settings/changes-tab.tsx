import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer, AdminQuery } from '@custom-identity-platform/sdk'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { FilterBar } from '../../parts/filter-bar.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { given, useSearchState } from '../../parts/search-state.ts'
import { StatusPill } from '../../parts/status-pill.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import type { Stored } from '../../parts/use-form.ts'
import { useList } from '../../parts/use-list.ts'
import { useSetting, useSettingForm } from '../../parts/use-setting.ts'

type Change = AdminAnswer<'get', '/changes'>['body']['changes'][number]
type Approval = { readonly two_persons: boolean }

const kinds = { pending: 'warn', approved: 'good', rejected: 'bad', withdrawn: 'plain', stale: 'plain', expired: 'plain' } as const

export const ChangeStateName = ({ state }: { readonly state: string }) => (
  <StatusPill status={state as keyof typeof kinds} words={useMessages().settings.changes.states} kinds={kinds} />
)

const Approvals = ({ stored, read }: { readonly stored: Stored<Approval>; readonly read: () => Promise<Stored<Approval>> }) => {
  const { approval } = useMessages().settings
  const may = useMay()
  const form = useSettingForm<Approval>('approval', { stored, read })
  return (
    <FormPanel title={approval.title} intro={approval.intro} form={form} names={{ two_persons: approval.two }}>
      <Checkbox
        {...{ label: approval.two, description: approval.twoHint, isChecked: form.draft.two_persons }}
        isDisabled={!may('settings:write')}
        onChange={(isNeeded) => form.set({ two_persons: isNeeded })}
      />
    </FormPanel>
  )
}

const useColumns = (): readonly Column<Change>[] => {
  const { changes } = useMessages().settings
  return [
    { key: 'what', title: changes.what, cell: ({ title }) => title },
    { key: 'state', title: changes.state, cell: ({ state }) => <ChangeStateName state={state} /> },
    { key: 'by', title: changes.by, isExtra: true, cell: ({ proposed_by: by }) => <span className="mono">{by}</span> },
    { key: 'at', title: changes.at, isExtra: true, cell: ({ created_at: at }) => <TimeAgo at={at} /> },
  ]
}

const List = () => {
  const admin = useAdmin()
  const { changes } = useMessages().settings
  const { state } = useSearchState().search
  const list = useList({
    key: ['changes', 'list', { state }],
    read: async ({ cursor, signal }) => {
      const { body } = await admin.get('/changes', { query: given({ state, cursor }) as AdminQuery<'get', '/changes'>, signal })
      return { rows: body.changes, next: body.next }
    },
  })
  const choices = Object.entries(changes.states).map(([value, label]) => ({ value, label }))
  return (
    <Panel title={changes.title} intro={changes.intro}>
      <FilterBar filters={[{ kind: 'choice', name: 'state', label: changes.state, choices }]} />
      <DataTable
        {...{ label: changes.title, list, columns: useColumns() }}
        rowKey={({ id }) => id}
        rowName={({ title }) => title}
        rowLink={({ id }) => ({ to: `/settings/changes/${id}` })}
        empty={{ icon: 'check', title: changes.none, text: changes.noneText }}
      />
    </Panel>
  )
}

/** What waits for a second person, and whether one is needed. */
export const ChangesTab = () => {
  const may = useMay()
  const { query, read } = useSetting<Approval>('approval')
  return (
    <>
      <Loaded query={query}>{(stored) => <Approvals {...{ stored, read }} />}</Loaded>
      {may('changes:read') ? <List /> : null}
    </>
  )
}
