import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Problem } from '../../parts/failure.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useAction } from '../../parts/use-action.ts'
import { keysOf } from './user-parts.tsx'

type Session = AdminAnswer<'get', '/users/{id}/sessions'>['body']['sessions'][number]

const useEnding = (id: string, done: () => void) => {
  const admin = useAdmin()
  const { sessions } = useMessages().users
  return useAction({
    run: (session: string | undefined): Promise<unknown> =>
      session === undefined
        ? admin.delete('/users/{id}/sessions', { path: { id } })
        : admin.delete('/users/{id}/sessions/{session}', { path: { id, session } }),
    said: sessions.ended,
    refresh: [['users', 'sessions', id], ...keysOf(id)],
    done,
  })
}

const useColumns = (end: (session: string) => void, isBusy: boolean): readonly PlainColumn<Session>[] => {
  const { sessions } = useMessages().users
  const may = useMay()
  const columns: readonly PlainColumn<Session>[] = [
    {
      key: 'device',
      title: sessions.device,
      cell: ({ device, kind }) => (
        <>
          {device === '?' ? sessions.unknown : device} <span className="quiet">{sessions.kinds[kind]}</span>
        </>
      ),
    },
    { key: 'place', title: sessions.place, cell: ({ place, ip }) => [place, ip].filter((one) => one !== null).join(' · ') },
    { key: 'begun', title: sessions.begun, isExtra: true, cell: ({ created_at: at }) => <TimeAgo at={at} /> },
    { key: 'used', title: sessions.used, isExtra: true, cell: ({ last_used_at: at }) => <TimeAgo at={at} /> },
    { key: 'methods', title: sessions.methods, isExtra: true, cell: ({ amr }) => amr.join(', ') },
    { key: 'applications', title: sessions.applications, isExtra: true, cell: ({ applications }) => applications.join(', ') },
  ]
  if (!may('users:support')) return columns
  const cell = ({ id }: Session) => (
    <Button size="xs" variant="default" disabled={isBusy} onClick={() => end(id)}>
      {sessions.end}
    </Button>
  )
  return [...columns, { key: 'end', title: '', cell }]
}

export const UserSessions = ({ id }: { readonly id: string }) => {
  const admin = useAdmin()
  const { sessions } = useMessages().users
  const may = useMay()
  const [isAsked, setAsked] = useState(false)
  const { act, isPending, error } = useEnding(id, () => setAsked(false))
  const columns = useColumns(act, isPending)
  const query = useQuery({
    queryKey: ['users', 'sessions', id],
    queryFn: async ({ signal }) => (await admin.get('/users/{id}/sessions', { path: { id }, signal })).body.sessions,
  })
  const isAny = (query.data?.length ?? 0) > 0
  const endAll =
    isAny && may('users:support') ? (
      <Button size="xs" variant="default" onClick={() => setAsked(true)}>
        {sessions.endAll}
      </Button>
    ) : undefined
  return (
    <Panel title={sessions.title} action={endAll}>
      {isAsked ? null : <Problem error={error} />}
      <Loaded query={query}>
        {(rows) => <PlainTable {...{ label: sessions.title, rows, columns, none: sessions.none }} rowKey={(one) => one.id} />}
      </Loaded>
      {isAsked ? (
        <ConfirmDialog
          {...{ title: sessions.endAll, yes: sessions.endAll, isBusy: isPending, error }}
          onYes={() => act(undefined)}
          onClose={() => setAsked(false)}
        >
          <p>{sessions.endAllText}</p>
        </ConfirmDialog>
      ) : null}
    </Panel>
  )
}
