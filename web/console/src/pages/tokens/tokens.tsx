import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Empty, Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useAction } from '../../parts/use-action.ts'

type Token = AdminAnswer<'get', '/tokens'>['body']['tokens'][number]

const useColumns = (onRemove: (token: Token) => void): readonly PlainColumn<Token>[] => {
  const { accessTokens } = useMessages()
  return [
    { key: 'name', title: accessTokens.name, cell: ({ name }) => name },
    {
      key: 'permissions',
      title: accessTokens.permissions,
      isExtra: true,
      cell: ({ permissions }) => <span className="mono">{permissions.join(' ')}</span>,
    },
    { key: 'expires', title: accessTokens.expires, cell: ({ expires_at: at }) => <TimeAgo at={at} /> },
    { key: 'used', title: accessTokens.used, isExtra: true, cell: ({ last_used_at: at }) => <TimeAgo at={at} /> },
    {
      key: 'remove',
      title: '',
      cell: (token) => (
        <Button size="xs" variant="default" aria-label={`${accessTokens.remove}: ${token.name}`} onClick={() => onRemove(token)}>
          {accessTokens.remove}
        </Button>
      ),
    },
  ]
}

const Tokens = ({ rows }: { readonly rows: readonly Token[] }) => {
  const admin = useAdmin()
  const { sections, accessTokens } = useMessages()
  const [asked, setAsked] = useState<Token>()
  const { act, isPending, error, reset } = useAction({
    run: ({ id }: Token) => admin.delete('/tokens/{id}', { path: { id } }),
    ...{ said: accessTokens.removed, refresh: [['tokens']], done: () => setAsked(undefined) },
  })
  const columns = useColumns((token) => {
    reset()
    setAsked(token)
  })
  if (rows.length === 0)
    return (
      <Empty mark={<Icon name="password" size={28} />} title={accessTokens.empty}>
        <p>{accessTokens.emptyText}</p>
      </Empty>
    )
  return (
    <Panel title={sections.tokens} isOnlyOne>
      <PlainTable {...{ label: sections.tokens, rows, columns, none: accessTokens.empty }} rowKey={({ id }) => id} />
      {asked === undefined ? null : (
        <ConfirmDialog
          {...{ title: `${accessTokens.remove}: ${asked.name}`, yes: accessTokens.remove, isBusy: isPending, error }}
          onYes={() => act(asked)}
          onClose={() => setAsked(undefined)}
        >
          <p>{accessTokens.removeText}</p>
        </ConfirmDialog>
      )}
    </Panel>
  )
}

export const Page = () => {
  const admin = useAdmin()
  const { sections, accessTokens } = useMessages()
  const query = useQuery({
    queryKey: ['tokens', 'list'],
    queryFn: async ({ signal }) => (await admin.get('/tokens', { signal })).body.tokens,
  })
  const action = (
    <Button component={Link} to="/tokens/new" leftSection={<Icon name="plus" size={16} />}>
      {accessTokens.add}
    </Button>
  )
  return (
    <>
      <PageHead title={sections.tokens} text={accessTokens.intro} actions={action} />
      <Loaded query={query}>{(rows) => <Tokens rows={rows} />}</Loaded>
    </>
  )
}
