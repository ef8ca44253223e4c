import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { AskButton } from '../../parts/ask-button.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { given } from '../../parts/search-state.ts'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useList } from '../../parts/use-list.ts'

type Version = AdminAnswer<'get', '/config/history'>['body']['versions'][number]

const useColumns = (): readonly Column<Version>[] => {
  const admin = useAdmin()
  const may = useMay()
  const { parts, settings } = useMessages()
  const { versions } = settings
  const columns: readonly Column<Version>[] = [
    { key: 'version', title: versions.version, cell: ({ version }) => version },
    { key: 'at', title: versions.at, cell: ({ applied_at: at }) => <TimeAgo at={at} /> },
    {
      key: 'by',
      title: versions.by,
      isExtra: true,
      cell: ({ actor }) => <span className="mono">{actor ?? parts.setting.commandLine}</span>,
    },
    {
      key: 'counts',
      title: versions.counts,
      isExtra: true,
      cell: ({ created, changed, deleted }) => <span className="number">{`${created}, ${changed}, ${deleted}`}</span>,
    },
  ]
  if (!may('config:write')) return columns
  const cell = ({ version }: Version) => (
    <AskButton
      {...{ label: versions.revert, about: parts.setting.version(version), said: versions.reverted, size: 'xs' }}
      refresh={[['config'], ['settings'], ['changes']]}
      run={() => admin.post('/config/revert/{version}', { path: { version: String(version) } })}
    >
      <p>{versions.revertText}</p>
    </AskButton>
  )
  return [...columns, { key: 'revert', title: '', cell }]
}

/** When the configuration was changed, and the way back. */
export const VersionsTab = () => {
  const admin = useAdmin()
  const { versions } = useMessages().settings
  const list = useList({
    key: ['config', 'history'],
    read: async ({ cursor, signal }) => {
      const { body } = await admin.get('/config/history', { query: given({ cursor }), signal })
      return { rows: body.versions, next: body.next }
    },
  })
  return (
    <Panel title={versions.title} intro={versions.intro}>
      <DataTable
        {...{ label: versions.title, list, columns: useColumns() }}
        rowKey={({ version }) => String(version)}
        rowName={({ version }) => String(version)}
        empty={{ icon: 'clock', title: versions.none, text: '' }}
      />
    </Panel>
  )
}
