import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useAction } from '../../parts/use-action.ts'

type Grant = AdminAnswer<'get', '/users/{id}/grants'>['body']['grants'][number]

const titleOf = ({ name, client_id: id }: Grant): string => name ?? id

const useColumns = (ask: (grant: Grant) => void): readonly PlainColumn<Grant>[] => {
  const { grants } = useMessages().users
  const may = useMay()
  const columns: readonly PlainColumn<Grant>[] = [
    { key: 'name', title: grants.application, cell: titleOf },
    { key: 'scopes', title: grants.scopes, cell: ({ scopes }) => <span className="mono">{scopes.join(' ')}</span> },
    { key: 'since', title: grants.since, isExtra: true, cell: ({ granted_at: at }) => <TimeAgo at={at} /> },
    { key: 'used', title: grants.used, isExtra: true, cell: ({ last_used_at: at }) => <TimeAgo at={at} /> },
  ]
  if (!may('users:support')) return columns
  const cell = (grant: Grant) => (
    <Button size="xs" variant="default" aria-label={`${grants.remove}: ${titleOf(grant)}`} onClick={() => ask(grant)}>
      {grants.remove}
    </Button>
  )
  return [...columns, { key: 'remove', title: '', cell }]
}

export const UserApplications = ({ id }: { readonly id: string }) => {
  const admin = useAdmin()
  const { grants } = useMessages().users
  const [asked, setAsked] = useState<Grant>()
  const key = ['users', 'grants', id]
  const { act, isPending, error, reset } = useAction({
    run: ({ client_id: client }: Grant) => admin.delete('/users/{id}/grants/{client}', { path: { id, client } }),
    said: grants.removed,
    refresh: [key, ['clients', 'grants']],
    done: () => setAsked(undefined),
  })
  const columns = useColumns((grant) => {
    reset()
    setAsked(grant)
  })
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await admin.get('/users/{id}/grants', { path: { id }, signal })).body.grants,
  })
  return (
    <Panel title={grants.title}>
      <Loaded query={query}>
        {(rows) => <PlainTable {...{ label: grants.title, rows, columns, none: grants.none }} rowKey={(one) => one.client_id} />}
      </Loaded>
      {asked === undefined ? null : (
        <ConfirmDialog
          {...{ title: `${grants.remove}: ${titleOf(asked)}`, yes: grants.remove, isBusy: isPending, error }}
          onYes={() => act(asked)}
          onClose={() => setAsked(undefined)}
        >
          <p>{grants.removeText(titleOf(asked))}</p>
        </ConfirmDialog>
      )}
    </Panel>
  )
}
