import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { given } from '../../parts/search-state.ts'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useAction } from '../../parts/use-action.ts'
import { useList } from '../../parts/use-list.ts'

type Grant = AdminAnswer<'get', '/clients/{id}/grants'>['body']['grants'][number]

const nameOf = ({ username, email, user_id: id }: Grant): string => username ?? email ?? id

const useColumns = (onTake: (grant: Grant) => void): readonly Column<Grant>[] => {
  const { grants } = useMessages().clientParts
  const may = useMay()
  const columns: readonly Column<Grant>[] = [
    { key: 'person', title: grants.person, cell: (grant) => <Link to={`/users/${grant.user_id}`}>{nameOf(grant)}</Link> },
    { key: 'scopes', title: grants.scopes, isExtra: true, cell: ({ scopes }) => <span className="mono">{scopes.join(' ')}</span> },
    { key: 'offline', title: grants.lives, isExtra: true, cell: ({ offline }) => (offline ? grants.offline : grants.withSession) },
    { key: 'granted', title: grants.granted, cell: ({ granted_at: at }) => <TimeAgo at={at} /> },
    { key: 'used', title: grants.used, isExtra: true, cell: ({ last_used_at: at }) => (at === null ? null : <TimeAgo at={at} />) },
  ]
  if (!may('users:support')) return columns
  const cell = (grant: Grant) => (
    <Button size="xs" variant="default" aria-label={`${grants.take}: ${nameOf(grant)}`} onClick={() => onTake(grant)}>
      {grants.take}
    </Button>
  )
  return [...columns, { key: 'take', title: '', cell }]
}

/** Who has let the application in, and taking that back. */
export const ClientGrants = ({ id }: { readonly id: string }) => {
  const admin = useAdmin()
  const { grants } = useMessages().clientParts
  const [asked, setAsked] = useState<Grant>()
  const key = ['clients', 'grants', id]
  const list = useList({
    key,
    read: async ({ cursor, signal }) => {
      const { body } = await admin.get('/clients/{id}/grants', { path: { id }, query: given({ cursor }), signal })
      return { rows: body.grants, next: body.next }
    },
  })
  const { act, isPending, error, reset } = useAction({
    run: ({ user_id: user }: Grant) => admin.delete('/users/{id}/grants/{client}', { path: { id: user, client: id } }),
    ...{ said: grants.taken, refresh: [key, ['users', 'grants']], done: () => setAsked(undefined) },
  })
  const columns = useColumns((grant) => {
    reset()
    setAsked(grant)
  })
  return (
    <Panel title={grants.title} intro={grants.intro}>
      <DataTable
        {...{ label: grants.title, list, columns }}
        rowKey={(grant) => grant.id}
        rowName={nameOf}
        empty={{ icon: 'people', title: grants.none, text: grants.noneText }}
      />
      {asked === undefined ? null : (
        <ConfirmDialog
          {...{ title: `${grants.take}: ${nameOf(asked)}`, yes: grants.take, isBusy: isPending, error }}
          onYes={() => act(asked)}
          onClose={() => setAsked(undefined)}
        >
          <p>{grants.takeText}</p>
        </ConfirmDialog>
      )}
    </Panel>
  )
}
