import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Empty } from '@custom-identity-platform/kit/panel.tsx'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { type Webhook, WebhookState, webhooksKey } from './webhook-parts.tsx'

const useColumns = (): readonly PlainColumn<Webhook>[] => {
  const { webhooks } = useMessages()
  return [
    {
      key: 'url',
      title: webhooks.url,
      cell: ({ id, url, description }) => (
        <>
          <Link className="row-link break" to={`/webhooks/${id}`}>
            {description || url}
          </Link>
          {description === '' ? null : <div className="quiet break">{url}</div>}
        </>
      ),
    },
    { key: 'health', title: webhooks.health, cell: (webhook) => <WebhookState webhook={webhook} /> },
    {
      key: 'wants',
      title: webhooks.wants,
      isExtra: true,
      cell: ({ event_types: types }) => <span className="mono">{types.slice(0, 3).join(', ') + (types.length > 3 ? ', …' : '')}</span>,
    },
    { key: 'changed', title: webhooks.changed, isExtra: true, cell: ({ updated_at: at }) => <TimeAgo at={at} /> },
  ]
}

const NewWebhook = () => (
  <Button component={Link} to="/webhooks/new" leftSection={<Icon name="plus" size={16} />}>
    {useMessages().webhooks.add}
  </Button>
)

export const Page = () => {
  const { sections, webhooks, hooks } = useMessages()
  const [admin, may] = [useAdmin(), useMay()]
  const columns = useColumns()
  const query = useQuery({
    queryKey: [...webhooksKey, 'list'],
    queryFn: async ({ signal }) => (await admin.get('/webhooks', { signal })).body.webhooks,
  })
  const actions = (
    <>
      {may('settings:read') ? (
        <Button variant="default" component={Link} to="/webhooks/hooks">
          {hooks.title}
        </Button>
      ) : null}
      {may('webhooks:write') ? <NewWebhook /> : null}
    </>
  )
  return (
    <>
      <PageHead title={sections.webhooks} text={webhooks.intro} actions={actions} />
      <Loaded query={query}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty mark={<Icon name="webhook" size={28} />} title={webhooks.empty}>
              <p>{webhooks.emptyText}</p>
              {may('webhooks:write') ? <NewWebhook /> : null}
            </Empty>
          ) : (
            <PlainTable {...{ label: sections.webhooks, rows, columns, none: webhooks.empty }} rowKey={({ id }) => id} />
          )
        }
      </Loaded>
    </>
  )
}
