import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer, AdminBody } from '@custom-identity-platform/sdk'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useAdmin, useLanguage, useMay, useMessages } from '../../console-context.tsx'
import { AskButton } from '../../parts/ask-button.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { FilterBar } from '../../parts/filter-bar.tsx'
import { given, useSearchState } from '../../parts/search-state.ts'
import { StatusPill } from '../../parts/status-pill.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useList } from '../../parts/use-list.ts'

type Message = AdminAnswer<'get', '/mail/messages'>['body']['messages'][number]
type Test = NonNullable<AdminBody<'post', '/mail/tests'>>

const key = ['mail', 'messages']
const kinds = { waiting: 'warn', sent: 'good', 'given-up': 'bad' } as const

const SendTest = () => {
  const admin = useAdmin()
  const language = useLanguage()
  const { messages } = useMessages().mail
  const [to, setTo] = useState('')
  const body: Test = { to: to.trim(), language }
  return (
    <AskButton
      {...{ label: messages.test, said: messages.tested, refresh: [key] }}
      isReady={to.trim().length > 2}
      run={() => admin.post('/mail/tests', { body })}
    >
      <TextInput
        {...{ label: messages.testTo, description: messages.testToHint, value: to }}
        autoComplete="off"
        onChange={(event) => setTo(event.currentTarget.value)}
      />
    </AskButton>
  )
}

const useColumns = (): readonly Column<Message>[] => {
  const admin = useAdmin()
  const may = useMay()
  const { messages } = useMessages().mail
  const columns: readonly Column<Message>[] = [
    { key: 'to', title: messages.to, cell: ({ recipient }) => recipient },
    { key: 'template', title: messages.template, isExtra: true, cell: ({ template }) => <span className="mono">{template}</span> },
    {
      key: 'status',
      title: messages.status,
      cell: ({ status }) => <StatusPill status={status as keyof typeof kinds} words={messages.statuses} kinds={kinds} />,
    },
    { key: 'error', title: messages.error, isExtra: true, cell: ({ last_error: error }) => error },
    { key: 'at', title: messages.at, isExtra: true, cell: ({ created_at: at }) => <TimeAgo at={at} /> },
  ]
  if (!may('mail:write')) return columns
  const cell = ({ id, recipient, status }: Message) =>
    status === 'given-up' ? (
      <AskButton
        {...{ label: messages.retry, about: recipient, said: messages.retried, refresh: [key], size: 'xs' }}
        run={() => admin.post('/mail/messages/{id}/retry', { path: { id } })}
      >
        <p>{messages.retryText}</p>
      </AskButton>
    ) : null
  return [...columns, { key: 'retry', title: '', cell }]
}

/** What was sent, how it went, and a test. */
export const MessagesTab = () => {
  const admin = useAdmin()
  const may = useMay()
  const { messages } = useMessages().mail
  const { failed } = useSearchState().search
  const list = useList({
    key: [...key, { failed }],
    read: async ({ cursor, signal }) => {
      const query = { ...given({ cursor }), ...(failed === 'true' ? { failed: true } : {}) }
      const { body } = await admin.get('/mail/messages', { query, signal })
      return { rows: body.messages, next: body.next }
    },
  })
  return (
    <Panel title={messages.title} intro={messages.intro} action={may('mail:write') ? <SendTest /> : undefined}>
      <FilterBar
        filters={[{ kind: 'choice', name: 'failed', label: messages.which, choices: [{ value: 'true', label: messages.failed }] }]}
      />
      <DataTable
        {...{ label: messages.title, list, columns: useColumns() }}
        rowKey={({ id }) => id}
        rowName={({ recipient }) => recipient}
        empty={{ icon: 'mail', title: messages.none, text: may('mail:write') ? messages.noneText : '' }}
      />
    </Panel>
  )
}
