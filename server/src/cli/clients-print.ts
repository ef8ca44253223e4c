import type { ClientAdmin, Saved, StoredClient } from '../clients/clients.job.ts'
import { CliError } from './errors.ts'
import { facts, plain } from './output.ts'

/** The client in the words of RFC 7591 section 3.2.1, with what only an operator learns; never a hash. */
export const clientJson = (client: StoredClient): Readonly<Record<string, unknown>> => ({
  client_id: client.id,
  client_id_issued_at: Math.floor(client.created_at.getTime() / 1000),
  ...client.metadata,
  status: client.status,
  first_party: client.is_first_party,
  created_via: client.created_via,
  secrets: (client.secrets ?? []).map(({ id, expires_at }) => ({ id, expires_at })),
})

/** The answer that carries a new secret; its only one. */
export const clientJsonWithSecret = (client: StoredClient, secret: string | undefined): Readonly<Record<string, unknown>> => ({
  ...clientJson(client),
  ...(secret === undefined ? {} : { client_secret: secret, client_secret_expires_at: 0 }),
})

const list = (value: unknown): string => (Array.isArray(value) ? value.join(' ') : '')

const secretsText = ({ secrets }: StoredClient): string =>
  (secrets ?? []).map(({ expires_at: at }) => (at === null ? 'lasting' : `until ${new Date(at).toISOString()}`)).join(', ') || 'none'

export const clientLines = (client: StoredClient): string[] => {
  const { metadata } = client
  return facts([
    ['client id', client.id],
    ['name', client.name ?? ''],
    ['status', client.status],
    ['made by', client.created_via],
    ['first party', client.is_first_party ? 'yes' : 'no'],
    ['type', String(metadata['application_type'])],
    ['authenticates by', String(metadata['token_endpoint_auth_method'])],
    ['secrets', secretsText(client)],
    ['grant types', list(metadata['grant_types'])],
    ['response types', list(metadata['response_types'])],
    ['redirect URIs', list(metadata['redirect_uris'])],
    ['after logout', list(metadata['post_logout_redirect_uris'])],
    ['scope', typeof metadata['scope'] === 'string' ? metadata['scope'] : 'every standard scope'],
    ['created', client.created_at.toISOString()],
  ])
}

export const secretLines = (secret: string | undefined): string[] =>
  secret === undefined ? [] : ['', `Client secret: ${secret}`, 'It is shown only now. Keep it where the application reads its secrets.']

const unknown = (id: string): CliError => new CliError(`There is no client "${plain(id)}". See: cip clients list`)

export const findClient = async (admin: ClientAdmin, id: string): Promise<StoredClient> => {
  const client = await admin.find(id)
  if (client === undefined) throw unknown(id)
  return client
}

/** The client that was saved, or the error that says why not. */
export const savedClient = (saved: Saved, id: string): Extract<Saved, { kind: 'saved' }> => {
  if (saved.kind === 'saved') return saved
  if (saved.kind === 'invalid') throw new CliError(saved.description)
  if (saved.kind === 'taken')
    throw new CliError(`There is a client "${plain(id)}" already. Choose another --id, or use: cip clients update`)
  if (saved.kind === 'gone') throw unknown(id)
  throw new CliError(`The client "${plain(id)}" was changed by somebody else meanwhile. Look at it and repeat the command.`)
}
