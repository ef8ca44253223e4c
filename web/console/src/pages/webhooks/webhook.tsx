import { Notice } from '@custom-identity-platform/kit/panel.tsx'
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { DefinitionList } from '../../parts/definition-list.tsx'
import { Problem } from '../../parts/failure.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useAction } from '../../parts/use-action.ts'
import { useForm } from '../../parts/use-form.ts'
import { Deliveries } from './deliveries.tsx'
import { Verification } from './verification.tsx'
import { WebhookActions } from './webhook-actions.tsx'
import { WebhookFields } from './webhook-fields.tsx'
import { type Webhook, WebhookState, webhooksKey } from './webhook-parts.tsx'

type Read = { readonly webhook: Webhook; readonly etag: string | undefined }

const draftOf = ({ url, description, event_types, enabled }: Webhook) => ({ url, description, event_types, enabled })

const useRead = (id: string) => {
  const admin = useAdmin()
  return async (signal?: AbortSignal): Promise<Read> => {
    const { body, etag } = await admin.get('/webhooks/{id}', { path: { id }, ...(signal && { signal }) })
    return { webhook: body, etag }
  }
}

const Settings = ({ webhook, etag }: Read) => {
  const admin = useAdmin()
  const queries = useQueryClient()
  const { webhooks } = useMessages()
  const { id } = webhook
  const read = useRead(id)
  const form = useForm({
    stored: { draft: draftOf(webhook), etag },
    save: ({ event_types: types, ...draft }, { ifMatch }) =>
      admin.patch('/webhooks/{id}', {
        path: { id },
        body: { ...draft, event_types: [...types] },
        ...(ifMatch !== undefined && { ifMatch }),
      }),
    reload: async () => {
      const now = await read()
      return { draft: draftOf(now.webhook), etag: now.etag }
    },
    done: () => queries.invalidateQueries({ queryKey: webhooksKey }),
  })
  return (
    <FormPanel
      title={webhooks.tabs.settings}
      form={form}
      names={{ url: webhooks.url, description: webhooks.description, event_types: webhooks.wants, enabled: webhooks.enabled }}
    >
      <WebhookFields form={form} />
    </FormPanel>
  )
}

const Facts = ({ webhook }: { readonly webhook: Webhook }) => {
  const { webhooks } = useMessages()
  return (
    <section className="panel">
      <DefinitionList
        entries={[
          { term: webhooks.url, value: <span className="mono break">{webhook.url}</span> },
          { term: webhooks.wants, value: <span className="mono break">{webhook.event_types.join(', ')}</span> },
        ]}
      />
    </section>
  )
}

/** Says what is wrong with it, and offers the way back. */
const Trouble = ({ webhook, etag }: Read) => {
  const admin = useAdmin()
  const may = useMay()
  const { webhooks } = useMessages()
  const { id, enabled, disabled_reason: reason, failing_since: failing } = webhook
  const { act, isPending, error } = useAction({
    run: () => admin.patch('/webhooks/{id}', { path: { id }, body: { enabled: true }, ...(etag !== undefined && { ifMatch: etag }) }),
    said: webhooks.reopened,
    refresh: [webhooksKey],
  })
  if (!enabled && reason !== null)
    return (
      <Notice kind="bad">
        <p>
          <strong>{webhooks.reason}:</strong> {reason}.
        </p>
        {may('webhooks:write') ? (
          <div>
            <Button size="xs" variant="default" loading={isPending} onClick={() => act()}>
              {webhooks.reopen}
            </Button>
          </div>
        ) : null}
        <Problem error={error} />
      </Notice>
    )
  return failing === null ? null : (
    <Notice kind="warn">
      <p>
        {webhooks.failingSince} <TimeAgo at={failing} />
      </p>
    </Notice>
  )
}

const Details = (read: Read) => {
  const { sections, webhooks } = useMessages()
  const may = useMay()
  const { webhook } = read
  return (
    <>
      <PageHead
        title={webhook.description || new URL(webhook.url).host}
        up={{ to: '/webhooks', title: sections.webhooks }}
        pill={<WebhookState webhook={webhook} />}
        actions={<WebhookActions {...read} />}
        text={<span className="break">{webhook.url}</span>}
      />
      <Trouble {...read} />
      <Tabs
        label={webhooks.tabs.label}
        tabs={[
          { name: 'deliveries', title: webhooks.tabs.deliveries, content: () => <Deliveries id={webhook.id} /> },
          {
            name: 'settings',
            title: webhooks.tabs.settings,
            content: () => (may('webhooks:write') ? <Settings {...read} /> : <Facts webhook={webhook} />),
          },
          { name: 'verify', title: webhooks.tabs.verify, content: () => <Verification /> },
        ]}
      />
    </>
  )
}

export const Page = () => {
  const { id = '' } = useParams({ strict: false }) as { readonly id?: string }
  const read = useRead(id)
  const query = useQuery({ queryKey: [...webhooksKey, 'one', id], queryFn: ({ signal }) => read(signal) })
  return <Loaded query={query}>{(found) => <Details {...found} />}</Loaded>
}
