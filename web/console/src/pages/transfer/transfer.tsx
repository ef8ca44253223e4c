import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAdmin, useLanguage, useMay, useMessages } from '../../console-context.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Download } from '../../parts/download.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { given } from '../../parts/search-state.ts'
import { Tabs } from '../../parts/tabs.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useList } from '../../parts/use-list.ts'
import { type Import, ImportState, importsKey } from './import-parts.tsx'

const NewImport = () => (
  <Button component={Link} to="/transfer/new" leftSection={<Icon name="plus" size={16} />}>
    {useMessages().transfer.add}
  </Button>
)

const useColumns = (): readonly Column<Import>[] => {
  const { transfer } = useMessages()
  const number = new Intl.NumberFormat(useLanguage())
  return [
    { key: 'name', title: transfer.name, cell: ({ name, id }) => <span className="break">{name || id}</span> },
    {
      key: 'state',
      title: transfer.state,
      cell: ({ state, dry_run: isDryRun }) => (
        <>
          <ImportState state={state} /> {isDryRun ? <span className="quiet">{transfer.trial}</span> : null}
        </>
      ),
    },
    { key: 'rows', title: transfer.rows, isExtra: true, isNumber: true, cell: ({ rows }) => number.format(rows) },
    { key: 'created', title: transfer.created, isExtra: true, isNumber: true, cell: ({ created }) => number.format(created) },
    { key: 'errors', title: transfer.errors, isExtra: true, isNumber: true, cell: ({ errors }) => number.format(errors) },
    { key: 'begun', title: transfer.begun, isExtra: true, cell: ({ created_at: at }) => <TimeAgo at={at} /> },
  ]
}

const Imports = () => {
  const admin = useAdmin()
  const { transfer } = useMessages()
  const columns = useColumns()
  const list = useList({
    key: [...importsKey, 'list'],
    read: async ({ cursor, signal }) => {
      const { body } = await admin.get('/imports', { query: given({ cursor }), signal })
      return { rows: body.imports, next: body.next }
    },
  })
  return (
    <DataTable
      {...{ label: transfer.tabs.import, list, columns }}
      rowKey={({ id }) => id}
      rowName={({ name }) => name}
      rowLink={({ id }) => ({ to: `/transfer/${id}` })}
      empty={{ icon: 'transfer', title: transfer.empty, text: transfer.emptyText, action: <NewImport /> }}
    />
  )
}

const Export = () => {
  const admin = useAdmin()
  const { export: words } = useMessages().transfer
  const [hasHashes, setHashes] = useState(false)
  const path = hasHashes ? '/users/export/with-password-hashes' : '/users/export'
  return (
    <Panel title={words.title} intro={words.text}>
      <div className="stack">
        <Checkbox label={words.hashes} description={words.hashesText} isChecked={hasHashes} onChange={setHashes} />
        <Download label={words.begin} name="users.jsonl" start={(signal) => admin.stream(path, { method: 'post', signal })} />
      </div>
    </Panel>
  )
}

export const Page = () => {
  const { sections, transfer } = useMessages()
  const may = useMay()
  const all = [
    { name: 'import', title: transfer.tabs.import, content: () => <Imports />, needs: 'data:import' },
    { name: 'export', title: transfer.tabs.export, content: () => <Export />, needs: 'data:export' },
  ]
  return (
    <>
      <PageHead title={sections.transfer} text={transfer.intro} actions={may('data:import') ? <NewImport /> : undefined} />
      <Tabs label={transfer.tabs.label} tabs={all.filter(({ needs }) => may(needs))} />
    </>
  )
}
