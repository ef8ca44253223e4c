import { Button, NativeSelect } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Problem } from '../../parts/failure.tsx'
import { SecretOnce } from '../../parts/secret-once.tsx'
import { useAction } from '../../parts/use-action.ts'
import { type Webhook, webhooksKey } from './webhook-parts.tsx'

type Props = { readonly webhook: Webhook; readonly etag: string | undefined }
type Closing = { readonly id: string; readonly onClose: () => void }

const overlaps = ['0', '3600', '86400', '604800'] as const

const Rotate = ({ id, onClose }: Closing) => {
  const admin = useAdmin()
  const { webhooks } = useMessages()
  const [overlap, setOverlap] = useState<(typeof overlaps)[number]>('86400')
  const [key] = useState(() => crypto.randomUUID())
  const [secret, setSecret] = useState<string>()
  const { act, isPending, error } = useAction({
    run: async () => {
      const body = { overlap_seconds: Number(overlap) }
      return (await admin.post('/webhooks/{id}/rotate-secret', { path: { id }, body, idempotencyKey: `${key}${overlap}` })).body.secret
    },
    refresh: [webhooksKey],
    done: (text) => setSecret(text),
  })
  if (secret !== undefined) return <SecretOnce {...{ title: webhooks.secret, label: webhooks.secret, secret }} onDone={onClose} />
  return (
    <ConfirmDialog
      {...{ title: webhooks.rotate, yes: webhooks.rotate, isBusy: isPending, error, onClose, isDangerous: overlap === '0' }}
      onYes={() => act()}
    >
      <p>{webhooks.rotateText}</p>
      <NativeSelect
        label={webhooks.overlap}
        value={overlap}
        data={overlaps.map((value) => ({ value, label: webhooks.overlaps[value] }))}
        onChange={(event) => setOverlap(overlaps.find((one) => one === event.currentTarget.value) ?? '86400')}
      />
    </ConfirmDialog>
  )
}

const Remove = ({ webhook: { id, url }, etag, onClose }: Props & { readonly onClose: () => void }) => {
  const admin = useAdmin()
  const navigate = useNavigate()
  const { webhooks } = useMessages()
  const { act, isPending, error } = useAction({
    run: () => admin.delete('/webhooks/{id}', { path: { id }, ...(etag !== undefined && { ifMatch: etag }) }),
    said: webhooks.removed,
    refresh: [[...webhooksKey, 'list']],
    done: () => navigate({ to: '/webhooks', replace: true }),
  })
  return (
    <ConfirmDialog {...{ title: webhooks.remove, yes: webhooks.remove, isBusy: isPending, error, onClose }} onYes={() => act()}>
      <p className="break">{url}</p>
      <p>{webhooks.removeText}</p>
    </ConfirmDialog>
  )
}

/** What is done with a webhook as a whole. */
export const WebhookActions = ({ webhook, etag }: Props) => {
  const admin = useAdmin()
  const may = useMay()
  const { webhooks } = useMessages()
  const [asked, setAsked] = useState<'rotate' | 'remove'>()
  const { id } = webhook
  const test = useAction({
    run: () => admin.post('/webhooks/{id}/test', { path: { id } }),
    said: webhooks.tested,
    refresh: [[...webhooksKey, 'deliveries', id]],
  })
  if (!may('webhooks:write')) return null
  const onClose = (): void => setAsked(undefined)
  return (
    <>
      <Button onClick={() => test.act()} loading={test.isPending} disabled={!webhook.enabled}>
        {webhooks.test}
      </Button>
      <Button variant="default" onClick={() => setAsked('rotate')}>
        {webhooks.rotate}
      </Button>
      <Button variant="default" color="red" onClick={() => setAsked('remove')}>
        {webhooks.remove}
      </Button>
      <Problem error={test.error} />
      {asked === 'rotate' ? <Rotate id={id} onClose={onClose} /> : null}
      {asked === 'remove' ? <Remove {...{ webhook, etag, onClose }} /> : null}
    </>
  )
}
