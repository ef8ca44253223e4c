import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useAdmin, useLocale, useMay, useMessages } from '../../console-context.tsx'
import { AskButton } from '../../parts/ask-button.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { given } from '../../parts/search-state.ts'
import { StatusPill } from '../../parts/status-pill.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useList } from '../../parts/use-list.ts'

type Tenant = AdminAnswer<'get', '/tenants'>['body']['tenants'][number]

const key = ['tenants']

const Add = () => {
  const admin = useAdmin()
  const { tenants } = useMessages()
  const [draft, setDraft] = useState({ name: '', slug: '' })
  return (
    <AskButton
      {...{ label: tenants.add, said: tenants.added, refresh: [key], variant: 'filled' }}
      isReady={draft.name.trim() !== '' && draft.slug !== ''}
      onOpen={() => setDraft({ name: '', slug: '' })}
      run={() => admin.post('/tenants', { body: { name: draft.name.trim(), slug: draft.slug } })}
    >
      <TextInput
        {...{ label: tenants.name, value: draft.name }}
        maxLength={200}
        onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
      />
      <TextInput
        {...{ label: tenants.slug, description: tenants.slugHint, value: draft.slug }}
        maxLength={63}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setDraft({ ...draft, slug: event.currentTarget.value.toLowerCase() })}
      />
    </AskButton>
  )
}

const Actions = ({ tenant: { id, slug, status } }: { readonly tenant: Tenant }) => {
  const admin = useAdmin()
  const { tenants } = useMessages()
  const [path, shared] = [{ id }, { about: slug, refresh: [key], size: 'xs' } as const]
  return (
    <div className="actions">
      {status === 'active' ? (
        <AskButton
          {...{ label: tenants.suspend, said: tenants.suspended, ...shared }}
          isDangerous
          run={() => admin.post('/tenants/{id}/suspend', { path })}
        >
          <p>{tenants.suspendText}</p>
        </AskButton>
      ) : (
        <AskButton
          {...{ label: tenants.resume, said: tenants.resumed, ...shared }}
          run={() => admin.post('/tenants/{id}/resume', { path })}
        >
          <p>{tenants.resumeText}</p>
        </AskButton>
      )}
      <AskButton
        {...{ label: tenants.delete, said: tenants.deleted, typed: slug, ...shared }}
        isDangerous
        run={() => admin.delete('/tenants/{id}', { path })}
      >
        <p>{tenants.deleteText}</p>
      </AskButton>
    </div>
  )
}

const Status = ({ tenant: { status, deletion_due_at: due } }: { readonly tenant: Tenant }) => {
  const locale = useLocale()
  const { tenants } = useMessages()
  return (
    <>
      <StatusPill status={status as 'active' | 'suspended'} words={tenants.statuses} kinds={{ active: 'good', suspended: 'warn' }} />{' '}
      {due === null ? null : <span className="quiet">{tenants.goes(new Date(due).toLocaleDateString(locale))}</span>}
    </>
  )
}

const useColumns = (): readonly Column<Tenant>[] => {
  const { tenants } = useMessages()
  const may = useMay()
  const columns: readonly Column<Tenant>[] = [
    { key: 'name', title: tenants.name, cell: ({ name }) => <strong>{name}</strong> },
    {
      key: 'slug',
      title: tenants.slug,
      cell: ({ slug, issuer }) => (
        <a className="mono" href={`${issuer}/console`} target="_blank" rel="noreferrer" title={tenants.console}>
          {slug}
        </a>
      ),
    },
    { key: 'status', title: tenants.status, cell: (tenant) => <Status tenant={tenant} /> },
    { key: 'created', title: tenants.created, isExtra: true, cell: ({ created_at: at }) => <TimeAgo at={at} /> },
  ]
  if (!may('tenants:write')) return columns
  return [...columns, { key: 'do', title: '', cell: (tenant) => <Actions tenant={tenant} /> }]
}

export const Page = () => {
  const admin = useAdmin()
  const may = useMay()
  const { sections, tenants } = useMessages()
  const list = useList({
    key,
    read: async ({ cursor, signal }) => {
      const { body } = await admin.get('/tenants', { query: given({ cursor }), signal })
      return { rows: body.tenants, next: body.next }
    },
  })
  return (
    <>
      <PageHead title={sections.tenants} text={tenants.intro} actions={may('tenants:write') ? <Add /> : undefined} />
      <DataTable
        {...{ label: sections.tenants, list, columns: useColumns() }}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        empty={{ icon: 'door', title: tenants.none, text: tenants.noneText }}
      />
    </>
  )
}
