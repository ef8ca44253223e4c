import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { SecretOnce } from '../../parts/secret-once.tsx'
import { useForm } from '../../parts/use-form.ts'
import { madeOf } from '../../waiting.ts'
import { type WebhookDraft, WebhookFields } from './webhook-fields.tsx'

const blank: WebhookDraft = { url: '', description: '', event_types: ['*'], enabled: true }

export const Page = () => {
  const admin = useAdmin()
  const navigate = useNavigate()
  const { sections, webhooks } = useMessages()
  const key = useRef({ of: '', key: '' })
  const [made, setMade] = useState<{ readonly id: string; readonly secret: string }>()
  const form = useForm({
    stored: { draft: blank, etag: undefined },
    save: async (draft) => {
      const of = JSON.stringify(draft)
      // A retry of the same after a lost answer makes no second webhook.
      if (key.current.of !== of) key.current = { of, key: crypto.randomUUID() }
      const body = { ...draft, url: draft.url.trim(), event_types: [...draft.event_types] }
      return madeOf(await admin.post('/webhooks', { body, idempotencyKey: key.current.key }))
    },
    done: setMade,
  })
  return (
    <>
      <PageHead title={webhooks.add} up={{ to: '/webhooks', title: sections.webhooks }} />
      <FormPanel title={sections.webhooks} form={form} submit={webhooks.addSubmit} isChange={false}>
        <WebhookFields form={form} />
      </FormPanel>
      {made === undefined ? null : (
        <SecretOnce
          {...{ title: webhooks.secret, label: webhooks.secret, secret: made.secret }}
          onDone={() => void navigate({ to: `/webhooks/${made.id}`, search: { tab: 'verify' } as never, replace: true })}
        />
      )}
    </>
  )
}
