import { Notice } from '@custom-identity-platform/kit/panel.tsx'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { type Tab, Tabs } from '../../parts/tabs.tsx'
import { ClientEvents } from './client-events.tsx'
import { ClientGrants } from './client-grants.tsx'
import { ClientOverview } from './client-overview.tsx'
import { ClientStatus, type ReadClient, titleOf } from './client-parts.tsx'
import { ClientRoles } from './client-roles.tsx'
import { ClientSecrets } from './client-secrets.tsx'
import { ClientSettings } from './client-settings.tsx'

const useTabs = (read: ReadClient): readonly Tab[] => {
  const { tabs } = useMessages().clients
  const may = useMay()
  const { client } = read
  const isOwn = !client.built_in
  const all: readonly (Tab & { readonly isOpen: boolean })[] = [
    { name: 'overview', title: tabs.overview, content: () => <ClientOverview client={client} />, isOpen: true },
    { name: 'settings', title: tabs.settings, content: () => <ClientSettings {...read} />, isOpen: isOwn && may('clients:write') },
    { name: 'secrets', title: tabs.secrets, content: () => <ClientSecrets client={client} />, isOpen: isOwn },
    { name: 'roles', title: tabs.roles, content: () => <ClientRoles client={client} />, isOpen: isOwn && may('roles:read') },
    { name: 'grants', title: tabs.grants, content: () => <ClientGrants id={client.id} />, isOpen: may('users:read') },
    { name: 'events', title: tabs.events, content: () => <ClientEvents id={client.id} />, isOpen: may('events:read') },
  ]
  return all.filter(({ isOpen }) => isOpen)
}

const Details = (read: ReadClient) => {
  const { sections, clients } = useMessages()
  const { client } = read
  return (
    <>
      <PageHead
        title={titleOf(client)}
        up={{ to: '/clients', title: sections.clients }}
        pill={<ClientStatus client={client} />}
        text={client.name === null ? undefined : <span className="mono">{client.id}</span>}
      />
      {client.status === 'disabled' ? (
        <Notice kind="warn">
          <p>{clients.disabledNotice}</p>
        </Notice>
      ) : null}
      {client.built_in ? (
        <Notice>
          <p>{clients.builtInNotice}</p>
        </Notice>
      ) : null}
      <Tabs label={clients.tabs.label} tabs={useTabs(read)} />
    </>
  )
}

export const Page = () => {
  const { id = '' } = useParams({ strict: false }) as { readonly id?: string }
  const admin = useAdmin()
  const query = useQuery({
    queryKey: ['clients', 'one', id],
    queryFn: async ({ signal }): Promise<ReadClient> => {
      const { body, etag } = await admin.get('/clients/{id}', { path: { id }, signal })
      return { client: body, etag }
    },
  })
  return <Loaded query={query}>{(read) => <Details {...read} />}</Loaded>
}
