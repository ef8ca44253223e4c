import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { PlainTable } from '../../parts/plain-table.tsx'
import { SecretOnce } from '../../parts/secret-once.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useAction } from '../../parts/use-action.ts'
import { type Client, keysOf } from './client-parts.tsx'

const useRotation = ({ id }: Client, onMade: (secret: string) => void) => {
  const admin = useAdmin()
  return useAction({
    run: async (overlapSeconds: number) =>
      (await admin.post('/clients/{id}/secrets', { path: { id }, body: { overlap_seconds: overlapSeconds } })).body.client_secret,
    refresh: keysOf(id),
    done: onMade,
  })
}

const Rotate = ({ client }: { readonly client: Client }) => {
  const { secrets } = useMessages().clientParts
  const [isAsking, setAsking] = useState(false)
  const [overlap, setOverlap] = useState('86400')
  const [secret, setSecret] = useState<string>()
  const { act, isPending, error, reset } = useRotation(client, (made) => {
    setAsking(false)
    setSecret(made)
  })
  return (
    <>
      <Button
        onClick={() => {
          reset()
          setAsking(true)
        }}
      >
        {secrets.rotate}
      </Button>
      {isAsking ? (
        <ConfirmDialog
          {...{ title: secrets.rotateTitle, yes: secrets.rotate, isBusy: isPending, error }}
          isDangerous={overlap === '0'}
          onYes={() => act(Number(overlap))}
          onClose={() => setAsking(false)}
        >
          <p>{secrets.rotateText}</p>
          <NativeSelect
            label={secrets.overlap}
            value={overlap}
            data={Object.entries(secrets.overlaps).map(([value, label]) => ({ value, label }))}
            onChange={(event) => setOverlap(event.currentTarget.value)}
          />
        </ConfirmDialog>
      ) : null}
      {secret === undefined ? null : (
        <SecretOnce title={secrets.shown} label={secrets.label} secret={secret} onDone={() => setSecret(undefined)} />
      )}
    </>
  )
}

export const ClientSecrets = ({ client }: { readonly client: Client }) => {
  const { secrets } = useMessages().clientParts
  const may = useMay()
  const action = client.secrets.length > 0 && may('clients:write') ? <Rotate client={client} /> : undefined
  return (
    <Panel title={secrets.title} intro={secrets.intro} action={action}>
      <PlainTable
        {...{ label: secrets.title, rows: client.secrets, none: secrets.none }}
        columns={[
          { key: 'id', title: secrets.id, cell: ({ id }) => <span className="mono">{id}</span> },
          {
            key: 'expires',
            title: secrets.expires,
            cell: ({ expires_at: at }) => (at === null ? secrets.forever : <TimeAgo at={at} />),
          },
        ]}
        rowKey={({ id }) => id}
      />
    </Panel>
  )
}
