import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Empty, Panel, Pill } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer, AdminBody } from '@custom-identity-platform/sdk'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx'
import { SecretOnce } from '../../parts/secret-once.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useAction } from '../../parts/use-action.ts'

type Token = AdminAnswer<'get', '/registration-tokens'>['body']['tokens'][number]
const key = ['clients', 'registration-tokens']

type Draft = { readonly note: string; readonly uses: string; readonly life: string }

const bodyOf = ({ note, uses, life }: Draft): AdminBody<'post', '/registration-tokens'> => ({
  ...(note.trim() === '' ? {} : { note: note.trim() }),
  ...(uses.trim() === '' ? {} : { uses: Number(uses) }),
  ...(life === '' ? {} : { life_seconds: Number(life) }),
})

const Fields = ({ draft, onChange }: { readonly draft: Draft; readonly onChange: (draft: Draft) => void }) => {
  const { tokens } = useMessages().clientParts
  return (
    <>
      <TextInput
        label={tokens.note}
        description={tokens.noteHint}
        value={draft.note}
        maxLength={200}
        onChange={(event) => onChange({ ...draft, note: event.currentTarget.value })}
      />
      <TextInput
        label={tokens.uses}
        description={tokens.usesHint}
        inputMode="numeric"
        value={draft.uses}
        onChange={(event) => onChange({ ...draft, uses: event.currentTarget.value.replaceAll(/\D/g, '') })}
      />
      <NativeSelect
        label={tokens.life}
        value={draft.life}
        data={Object.entries(tokens.lives).map(([value, label]) => ({ value, label }))}
        onChange={(event) => onChange({ ...draft, life: event.currentTarget.value })}
      />
    </>
  )
}

const Make = () => {
  const admin = useAdmin()
  const { tokens } = useMessages().clientParts
  const [draft, setDraft] = useState<Draft>({ note: '', uses: '1', life: '604800' })
  const [isOpen, setOpen] = useState(false)
  const [secret, setSecret] = useState<string>()
  const { act, isPending, error, reset } = useAction({
    run: async () => (await admin.post('/registration-tokens', { body: bodyOf(draft) })).body.initial_access_token,
    refresh: [key],
    done: (token) => {
      setOpen(false)
      setSecret(token)
    },
  })
  return (
    <>
      <Button
        leftSection={<Icon name="plus" size={16} />}
        onClick={() => {
          reset()
          setOpen(true)
        }}
      >
        {tokens.make}
      </Button>
      {isOpen ? (
        <ConfirmDialog
          {...{ title: tokens.make, yes: tokens.make, isDangerous: false, isBusy: isPending, error }}
          onYes={() => act()}
          onClose={() => setOpen(false)}
        >
          <Fields draft={draft} onChange={setDraft} />
        </ConfirmDialog>
      ) : null}
      {secret === undefined ? null : (
        <SecretOnce title={tokens.shown} label={tokens.label} secret={secret} onDone={() => setSecret(undefined)} />
      )}
    </>
  )
}

const useColumns = (onDelete: (token: Token) => void): readonly PlainColumn<Token>[] => {
  const { tokens } = useMessages().clientParts
  const may = useMay()
  const columns: readonly PlainColumn<Token>[] = [
    { key: 'note', title: tokens.note, cell: ({ note }) => note ?? <span className="quiet">{tokens.noNote}</span> },
    { key: 'uses', title: tokens.usesLeft, cell: ({ uses_left: left }) => left ?? tokens.unlimited },
    {
      key: 'expires',
      title: tokens.expires,
      isExtra: true,
      cell: ({ expires_at: at }) => (at === null ? tokens.lives[''] : <TimeAgo at={at} />),
    },
    {
      key: 'status',
      title: tokens.status,
      cell: ({ works }) => <Pill kind={works ? 'good' : 'plain'}>{works ? tokens.works : tokens.over}</Pill>,
    },
  ]
  if (!may('clients:write')) return columns
  const cell = (token: Token) => (
    <Button size="xs" variant="default" aria-label={`${tokens.delete}: ${token.note ?? token.id}`} onClick={() => onDelete(token)}>
      {tokens.delete}
    </Button>
  )
  return [...columns, { key: 'delete', title: '', cell }]
}

const Tokens = ({ rows }: { readonly rows: readonly Token[] }) => {
  const admin = useAdmin()
  const { tokens } = useMessages().clientParts
  const [asked, setAsked] = useState<Token>()
  const { act, isPending, error, reset } = useAction({
    run: ({ id }: Token) => admin.delete('/registration-tokens/{id}', { path: { id } }),
    ...{ said: tokens.deleted, refresh: [key], done: () => setAsked(undefined) },
  })
  const columns = useColumns((token) => {
    reset()
    setAsked(token)
  })
  if (rows.length === 0)
    return (
      <Empty mark={<Icon name="key" size={28} />} title={tokens.empty}>
        <p>{tokens.emptyText}</p>
      </Empty>
    )
  return (
    <Panel title={tokens.title} isOnlyOne>
      <PlainTable {...{ label: tokens.title, rows, columns, none: tokens.empty }} rowKey={({ id }) => id} />
      {asked === undefined ? null : (
        <ConfirmDialog
          {...{ title: `${tokens.delete}: ${asked.note ?? tokens.noNote}`, yes: tokens.delete, isBusy: isPending, error }}
          onYes={() => act(asked)}
          onClose={() => setAsked(undefined)}
        >
          <p>{tokens.deleteText}</p>
        </ConfirmDialog>
      )}
    </Panel>
  )
}

export const Page = () => {
  const admin = useAdmin()
  const { sections, clientParts } = useMessages()
  const may = useMay()
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await admin.get('/registration-tokens', { signal })).body.tokens,
  })
  const { tokens } = clientParts
  return (
    <>
      <PageHead
        title={tokens.title}
        text={tokens.intro}
        up={{ to: '/clients', title: sections.clients }}
        actions={may('clients:write') ? <Make /> : undefined}
      />
      <Loaded query={query}>{(rows) => <Tokens rows={rows} />}</Loaded>
    </>
  )
}
