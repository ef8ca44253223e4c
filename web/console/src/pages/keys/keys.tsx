import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Empty, Panel, Pill } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAdmin, useConsole, useMay, useMessages } from '../../console-context.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { CopyField } from '../../parts/copy-field.tsx'
import { DefinitionList } from '../../parts/definition-list.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useAction } from '../../parts/use-action.ts'
import { Rotate } from './rotate.tsx'

type Key = AdminAnswer<'get', '/keys'>['body']['keys'][number]

const kinds = { pending: 'warn', active: 'good', retired: 'plain', removed: 'plain', revoked: 'bad' } as const

/** When a key stops to do what it does now. */
const endOf = ({ revoked_at: revoked, removed_at: removed, retired_at: retired }: Key): string | null => revoked ?? removed ?? retired

/** Its beginning tells it apart; the whole is its title. */
const Kid = ({ kid }: Pick<Key, 'kid'>) => (
  <span className="mono nowrap" title={kid}>
    {kid.slice(0, 12)}…
  </span>
)

const useColumns = (onRevoke: (key: Key) => void): readonly PlainColumn<Key>[] => {
  const { keys } = useMessages()
  const may = useMay()
  const columns: readonly PlainColumn<Key>[] = [
    { key: 'kid', title: keys.kid, cell: ({ kid }) => <Kid kid={kid} /> },
    { key: 'algorithm', title: keys.algorithm, cell: ({ algorithm }) => algorithm },
    { key: 'state', title: keys.state, cell: ({ state }) => <Pill kind={kinds[state]}>{keys.states[state] ?? state}</Pill> },
    { key: 'active', title: keys.activeAt, isExtra: true, cell: ({ active_at: at }) => <TimeAgo at={at} /> },
    {
      key: 'ends',
      title: keys.ends,
      isExtra: true,
      cell: (key) => {
        const at = endOf(key)
        return at === null ? '' : <TimeAgo at={at} />
      },
    },
  ]
  if (!may('keys:write')) return columns
  const cell = (key: Key) =>
    ['revoked', 'removed'].includes(key.state) ? null : (
      <Button size="xs" variant="outline" color="red" aria-label={`${keys.revoke}: ${key.kid}`} onClick={() => onRevoke(key)}>
        {keys.revoke}
      </Button>
    )
  return [...columns, { key: 'revoke', title: '', cell }]
}

const Keys = ({ rows }: { readonly rows: readonly Key[] }) => {
  const admin = useAdmin()
  const { keys, sections } = useMessages()
  const [asked, setAsked] = useState<Key>()
  const { act, isPending, error, reset } = useAction({
    run: ({ kid }: Key) => admin.post('/keys/{kid}/revoke', { path: { kid } }),
    ...{ said: keys.revoked, refresh: [['keys']], done: () => setAsked(undefined) },
  })
  const columns = useColumns((key) => {
    reset()
    setAsked(key)
  })
  if (rows.length === 0)
    return (
      <Empty mark={<Icon name="key" size={28} />} title={keys.empty}>
        <p>{keys.intro}</p>
      </Empty>
    )
  return (
    <Panel title={sections.keys} isOnlyOne>
      <PlainTable {...{ label: sections.keys, rows, columns, none: keys.empty }} rowKey={({ kid }) => kid} />
      {asked === undefined ? null : (
        <ConfirmDialog
          {...{ title: keys.revokeTitle(asked.kid), yes: keys.revoke, isBusy: isPending, error, typed: asked.kid.slice(0, 8) }}
          onYes={() => act(asked)}
          onClose={() => setAsked(undefined)}
        >
          <p>{keys.revokeText(asked.algorithm)}</p>
          <p>{keys.revokeOwn}</p>
        </ConfirmDialog>
      )}
    </Panel>
  )
}

/** When the server rotates by itself, and where the public parts are. */
const Facts = () => {
  const admin = useAdmin()
  const may = useMay()
  const { keys } = useMessages()
  const { issuer } = useConsole().console
  const {
    data = null,
    isPending,
    isSuccess,
    isEnabled,
  } = useQuery({
    queryKey: ['keys', 'next'],
    enabled: may('events:read'),
    queryFn: async ({ signal }) => (await admin.get('/overview', { query: { hours: 1 }, signal })).body.next_key_rotation_at,
  })
  const when = isPending ? (
    <span className="bone" />
  ) : (
    <>
      <TimeAgo at={data} /> <span className="quiet">{keys.nextDue}</span>
    </>
  )
  const next = isEnabled && (isPending || isSuccess) ? [{ term: keys.next, value: when }] : []
  const place = `${issuer}/.well-known/jwks.json`
  return (
    <Panel title={keys.rotation}>
      <DefinitionList entries={[...next, { term: keys.published, value: <CopyField value={place} label={keys.published} /> }]} />
    </Panel>
  )
}

export const Page = () => {
  const admin = useAdmin()
  const may = useMay()
  const { sections, keys } = useMessages()
  const query = useQuery({
    queryKey: ['keys', 'list'],
    queryFn: async ({ signal }) => (await admin.get('/keys', { signal })).body.keys,
  })
  return (
    <>
      <PageHead title={sections.keys} text={keys.intro} actions={may('keys:write') ? <Rotate /> : undefined} />
      <Facts />
      <Loaded query={query}>{(rows) => <Keys rows={rows} />}</Loaded>
    </>
  )
}
