import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { useQuery } from '@tanstack/react-query'
import { useAdmin, useConsole, useMay, useMessages } from '../../console-context.tsx'
import { CopyField } from '../../parts/copy-field.tsx'
import { DefinitionList } from '../../parts/definition-list.tsx'
import { JsonView } from '../../parts/json-view.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { ClientDanger } from './client-danger.tsx'
import { type Client, kindOf, listIn, textIn } from './client-parts.tsx'

type Props = { readonly client: Client }

const Facts = ({ client }: Props) => {
  const { clients } = useMessages()
  const { issuer } = useConsole().console
  const whence = [
    { term: clients.kind, value: clients.kinds[kindOf(client)] },
    { term: clients.owner, value: client.first_party ? clients.firstParty : clients.thirdParty },
    { term: clients.via, value: clients.vias[client.created_via] },
    { term: clients.created, value: <TimeAgo at={client.created_at} /> },
    { term: clients.updated, value: <TimeAgo at={client.updated_at} /> },
  ]
  return (
    <Panel title={clients.facts} intro={clients.factsIntro}>
      <DefinitionList
        entries={[
          { term: clients.id, value: <CopyField value={client.id} label={clients.id} /> },
          { term: clients.issuer, value: <CopyField value={issuer} label={clients.issuer} /> },
          ...(client.built_in ? [] : whence),
        ]}
      />
    </Panel>
  )
}

const Lines = ({ lines, none }: { readonly lines: readonly string[]; readonly none: string }) =>
  lines.length === 0 ? (
    <span className="quiet">{none}</span>
  ) : (
    <ul>
      {lines.map((one) => (
        <li key={one} className="mono">
          {one}
        </li>
      ))}
    </ul>
  )

const FirstSignIn = ({ client }: Props) => {
  const admin = useAdmin()
  const { clients } = useMessages()
  const { id } = client
  const { data } = useQuery({
    queryKey: ['clients', 'first-sign-in', id],
    queryFn: async ({ signal }) => (await admin.get('/clients/{id}/first-sign-in', { path: { id }, signal })).body,
  })
  if (data === undefined) return null
  return data.first_at === null ? <span className="quiet">{clients.noSignIn}</span> : <TimeAgo at={data.first_at} />
}

const Summary = ({ client }: Props) => {
  const { clients, clientSettings, parts } = useMessages()
  const [method, scope] = [textIn(client, 'token_endpoint_auth_method'), textIn(client, 'scope')]
  const grants = listIn(client, 'grant_types').map((one) => clientSettings.grantNames[one] ?? one)
  return (
    <Panel title={clients.summary}>
      <DefinitionList
        entries={[
          { term: clients.redirects, value: <Lines lines={listIn(client, 'redirect_uris')} none={parts.none} /> },
          { term: clients.grants, value: grants.join(', ') },
          { term: clients.authentication, value: clientSettings.methods[method] ?? method },
          { term: clients.scope, value: scope === '' ? clients.scopeAll : <span className="mono">{scope}</span> },
          { term: clients.firstSignIn, value: <FirstSignIn client={client} /> },
        ]}
      />
    </Panel>
  )
}

const endpoints = {
  discovery: '/.well-known/openid-configuration',
  authorize: '/oauth2/authorize',
  token: '/oauth2/token',
  userinfo: '/oauth2/userinfo',
  jwks: '/.well-known/jwks.json',
  logout: '/oauth2/logout',
  device: '/oauth2/device',
  introspect: '/oauth2/introspect',
  revoke: '/oauth2/revoke',
  par: '/oauth2/par',
} as const

const endpointNames = Object.keys(endpoints) as (keyof typeof endpoints)[]

const Endpoints = () => {
  const { clients } = useMessages()
  const { issuer } = useConsole().console
  return (
    <Panel title={clients.endpoints} intro={clients.endpointsIntro}>
      <DefinitionList
        entries={endpointNames.map((name) => ({
          term: clients.endpoint[name],
          value: <CopyField value={`${issuer}${endpoints[name]}`} label={clients.endpoint[name]} />,
        }))}
      />
    </Panel>
  )
}

export const ClientOverview = ({ client }: Props) => {
  const { clients } = useMessages()
  const may = useMay()
  if (client.built_in)
    return (
      <>
        <Facts client={client} />
        <Endpoints />
      </>
    )
  return (
    <>
      <div className="two">
        <Facts client={client} />
        <Summary client={client} />
      </div>
      <Endpoints />
      <Panel title={clients.metadata} intro={clients.metadataIntro}>
        <JsonView value={client.metadata} label={clients.metadata} />
      </Panel>
      {may('clients:write') ? <ClientDanger client={client} /> : null}
    </>
  )
}
