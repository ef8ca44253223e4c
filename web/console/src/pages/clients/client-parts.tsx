import { Pill } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { useMessages } from '../../console-context.tsx'
import type { Messages } from '../../messages/messages.ts'
import { StatusPill } from '../../parts/status-pill.tsx'

export type Client = AdminAnswer<'get', '/clients/{id}'>['body']
export type ReadClient = { readonly client: Client; readonly etag: string | undefined }

export type Kind = keyof Messages['clients']['kinds']

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

export const textIn = ({ metadata }: Pick<Client, 'metadata'>, member: string): string => {
  const value = metadata[member]
  return typeof value === 'string' ? value : ''
}

export const listIn = ({ metadata }: Pick<Client, 'metadata'>, member: string): readonly string[] => {
  const value = metadata[member]
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

/** What an application is by how it gets its tokens. */
export const kindOf = (client: Pick<Client, 'metadata'>): Kind => {
  const grants = listIn(client, 'grant_types')
  if (grants.includes('authorization_code')) {
    if (textIn(client, 'application_type') === 'native') return 'native'
    return textIn(client, 'token_endpoint_auth_method') === 'none' ? 'spa' : 'web'
  }
  if (grants.includes(deviceGrant)) return 'device'
  return grants.includes('client_credentials') ? 'machine' : 'other'
}

export const titleOf = ({ name, id }: Pick<Client, 'name' | 'id'>): string => name ?? id

export const addressOf = ({ id }: Pick<Client, 'id'>): string => `/clients/${encodeURIComponent(id)}`

export const ClientStatus = ({ client }: { readonly client: Client }) => {
  const { clients } = useMessages()
  if (client.built_in) return <Pill kind="plain">{clients.builtIn}</Pill>
  return <StatusPill status={client.status} words={clients.statuses} kinds={{ active: 'good', disabled: 'bad' }} />
}

/** What is read of one application, and asked for anew where something of it changes. */
export const keysOf = (id: string) =>
  [
    ['clients', 'one', id],
    ['clients', 'list'],
  ] as const
