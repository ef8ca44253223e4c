import { prepared, type Sql } from '../db/database.ts'
import { type EventRow, eventsParameter, insertEvents } from '../events/events.ts'
import { builtInIds, builtInNames } from './built-in.ts'
import { type ApiResource, accessClaimNames, type Client } from './client.ts'
import { type ClientRow, clientFromRow } from './from-row.ts'

const secrets = `(select jsonb_agg(jsonb_build_object('id', s.id, 'hash', s.hash, 'sealed', s.sealed, 'expires_at', s.expires_at))
  from client_secrets s where s.tenant_id = c.tenant_id and s.client_id = c.id and (s.expires_at is null or s.expires_at > now())) as secrets`
const columns = `c.id, c.name, c.status, c.is_first_party, c.created_via, c.metadata, ${secrets}`

const find = prepared<ClientRow>('clients.find', `select ${columns} from clients c where c.tenant_id = $1 and c.id = $2`)

export const findClient = async (tenantId: string, sql: Sql, id: string): Promise<Client | undefined> => {
  const [row] = await sql.run(find, [tenantId, id])
  return row && clientFromRow(tenantId, row)
}

// Nodes look at the epoch once a second and forget what they hold of clients.
const moved = `moved as (
  insert into cache_epochs as e (tenant_id, kind) select $1, 'clients' from changed
  on conflict (tenant_id, kind) do update set version = e.version + 1, changed_at = now())`

const insert = prepared<{ id: string; created_at: Date }>(
  'clients.insert',
  `with changed as (
      insert into clients (tenant_id, id, name, is_first_party, created_via, metadata, registration_token_hash)
      values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id, created_at),
    secret as (
      insert into client_secrets (tenant_id, client_id, id, hash, sealed) select $1, id, $8::uuid, $9, $10 from changed where $8::uuid is not null),
    noted as (${insertEvents('$11', 'exists (select from changed)')}), ${moved}
  select id, created_at from changed`,
)

export type NewSecret = { readonly id: string; readonly hash: Uint8Array; readonly sealed: Uint8Array | undefined }
export type NewClient = {
  readonly id: string
  readonly name: string | undefined
  readonly isFirstParty: boolean
  readonly createdVia: 'cli' | 'registration' | 'console'
  readonly metadata: object
  readonly registrationTokenHash?: Uint8Array | undefined
  readonly secret: NewSecret | undefined
  readonly event: EventRow
}

/** When it was made; undefined where the id is taken. */
export const insertClient = async (tenantId: string, sql: Sql, one: NewClient): Promise<Date | undefined> => {
  const { secret } = one
  const [row] = await sql.run(insert, [
    ...[
      tenantId,
      one.id,
      one.name ?? null,
      one.isFirstParty,
      one.createdVia,
      JSON.stringify(one.metadata),
      one.registrationTokenHash ?? null,
    ],
    ...[secret?.id ?? null, secret?.hash ?? null, secret?.sealed ?? null, eventsParameter(one.event)],
  ])
  return row?.created_at
}

const update = prepared<{ id: string }>(
  'clients.update',
  `with changed as (
      update clients set name = $3, metadata = $4, is_first_party = coalesce($5, is_first_party), status = coalesce($6, status),
        registration_token_hash = coalesce($7, registration_token_hash), updated_at = now()
      where tenant_id = $1 and id = $2 and ($8::bytea is null or registration_token_hash = $8) returning id),
    noted as (${insertEvents('$9', 'exists (select from changed)')}), ${moved}
  select id from changed`,
)

export type ClientChange = {
  readonly id: string
  readonly name: string | undefined
  readonly metadata: object
  readonly isFirstParty?: boolean | undefined
  readonly status?: 'active' | 'disabled' | undefined
  /** A registration access token that replaces the one that was presented: the change holds only while that one is current. */
  readonly rotation?: { readonly from: Uint8Array; readonly to: Uint8Array } | undefined
  readonly event: EventRow
}

export const updateClient = async (tenantId: string, sql: Sql, one: ClientChange): Promise<boolean> =>
  (
    await sql.run(update, [
      ...[tenantId, one.id, one.name ?? null, JSON.stringify(one.metadata), one.isFirstParty ?? null, one.status ?? null],
      ...[one.rotation?.to ?? null, one.rotation?.from ?? null, eventsParameter(one.event)],
    ])
  ).length > 0

const remove = prepared<{ id: string }>(
  'clients.delete',
  `with changed as (delete from clients where tenant_id = $1 and id = $2 returning id),
    noted as (${insertEvents('$3', 'exists (select from changed)')}), ${moved}
  select id from changed`,
)

/** Deletes the client with its secrets, consents and grants. */
export const deleteClient = async (tenantId: string, sql: Sql, { id, event }: { id: string; event: EventRow }): Promise<boolean> =>
  (await sql.run(remove, [tenantId, id, eventsParameter(event)])).length > 0

const rotateSecret = prepared<{ id: string }>(
  'clients.rotate-secret',
  `with changed as (select id from clients where tenant_id = $1 and id = $2 for update),
    old as (
      update client_secrets s set expires_at = least(coalesce(s.expires_at, 'infinity'), now() + make_interval(secs => $6)) from changed
      where s.tenant_id = $1 and s.client_id = changed.id),
    added as (insert into client_secrets (tenant_id, client_id, id, hash, sealed) select $1, id, $3, $4, $5 from changed),
    noted as (${insertEvents('$7', 'exists (select from changed)')}), ${moved}
  select id from changed`,
)

export type SecretRotation = {
  readonly clientId: string
  readonly secret: NewSecret
  readonly overlapSeconds: number
  readonly event: EventRow
}

/** Adds a secret and lets the present ones live for the overlap. */
export const rotateClientSecret = async (tenantId: string, sql: Sql, one: SecretRotation): Promise<boolean> =>
  (
    await sql.run(rotateSecret, [
      ...[
        tenantId,
        one.clientId,
        one.secret.id,
        one.secret.hash,
        one.secret.sealed ?? null,
        one.overlapSeconds,
        eventsParameter(one.event),
      ],
    ])
  ).length > 0

export type StoredClient = ClientRow & {
  created_at: Date
  updated_at: Date
  /** Another one after each change of what is registered. */
  version: string
  registration_token_hash: Buffer | null
}

/** The version of `clients c`. */
export const clientVersion = '(extract(epoch from c.updated_at) * 1000000)::bigint::text'

/** The columns of a `StoredClient`, of `clients c`. */
export const storedColumns = `${columns}, c.created_at, c.updated_at, ${clientVersion} as version,
  c.registration_token_hash`

const stored = prepared<StoredClient>('clients.stored', `select ${storedColumns} from clients c where c.tenant_id = $1 and c.id = $2`)

export const findStoredClient = async (tenantId: string, sql: Sql, id: string): Promise<StoredClient | undefined> =>
  (await sql.run(stored, [tenantId, id]))[0]

const list = prepared<StoredClient>(
  'clients.list',
  `select ${storedColumns} from clients c where c.tenant_id = $1 and c.id > $2 and c.id <> all($4) order by c.id limit $3`,
)

export const listClients = (tenantId: string, sql: Sql, { after, limit }: { after: string; limit: number }): Promise<StoredClient[]> =>
  sql.run(list, [tenantId, after, limit, builtInIds])

const anchor = prepared<never>(
  'clients.anchor',
  `insert into clients (tenant_id, id, name, is_first_party, created_via, metadata)
  select $1, id, name, true, 'cli', '{}' from unnest($2::text[], $3::text[]) as own (id, name) on conflict do nothing`,
)

/** Rows that grants of the platform's own applications refer to; what those applications may do is not read from there. */
export const anchorBuiltIn = async (tenantId: string, sql: Sql): Promise<void> => {
  await sql.run(anchor, [tenantId, builtInIds, builtInIds.map((id) => builtInNames[id])])
}

type ResourceRow = {
  identifier: string
  name: string
  scopes: string[]
  access_token_ttl_seconds: number | null
  signing_algorithm: ApiResource['signingAlgorithm']
  token_format: ApiResource['tokenFormat']
  access_claims: string[]
}

const toResource = (row: ResourceRow): ApiResource => ({
  identifier: row.identifier,
  name: row.name,
  scopes: row.scopes,
  accessTokenTtlSeconds: row.access_token_ttl_seconds ?? undefined,
  signingAlgorithm: row.signing_algorithm,
  tokenFormat: row.token_format,
  accessClaims: accessClaimNames.filter((name) => row.access_claims.includes(name)),
})

const resourceColumns = 'identifier, name, scopes, access_token_ttl_seconds, signing_algorithm, token_format, access_claims'
const findOneResource = prepared<ResourceRow>(
  'clients.find-resource',
  `select ${resourceColumns} from api_resources where tenant_id = $1 and identifier = $2`,
)
const allResources = prepared<ResourceRow>(
  'clients.list-resources',
  `select ${resourceColumns} from api_resources where tenant_id = $1 order by identifier limit 1000`,
)

export const findResource = async (tenantId: string, sql: Sql, identifier: string): Promise<ApiResource | undefined> => {
  const [row] = await sql.run(findOneResource, [tenantId, identifier])
  return row && toResource(row)
}

export const listResources = async (tenantId: string, sql: Sql): Promise<readonly ApiResource[]> =>
  (await sql.run(allResources, [tenantId])).map(toResource)

const saveOne = prepared<{ id: string }>(
  'clients.save-resource',
  `with changed as (
      insert into api_resources (tenant_id, identifier, name, scopes, access_token_ttl_seconds, signing_algorithm, token_format, access_claims)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict (tenant_id, identifier) do update set name = excluded.name, scopes = excluded.scopes,
        access_token_ttl_seconds = excluded.access_token_ttl_seconds, signing_algorithm = excluded.signing_algorithm,
        token_format = excluded.token_format, access_claims = excluded.access_claims, updated_at = now()
      returning identifier as id),
    noted as (${insertEvents('$9', 'exists (select from changed)')}), ${moved}
  select id from changed`,
)

export const saveResource = async (
  tenantId: string,
  sql: Sql,
  { resource, event }: { resource: ApiResource; event: EventRow },
): Promise<void> => {
  const { identifier, name, scopes, accessTokenTtlSeconds, signingAlgorithm, tokenFormat, accessClaims } = resource
  await sql.run(saveOne, [
    ...[
      tenantId,
      identifier,
      name,
      scopes,
      accessTokenTtlSeconds ?? null,
      signingAlgorithm,
      tokenFormat,
      accessClaims,
      eventsParameter(event),
    ],
  ])
}

const removeOne = prepared<{ id: string }>(
  'clients.delete-resource',
  `with changed as (delete from api_resources where tenant_id = $1 and identifier = $2 returning identifier as id),
    noted as (${insertEvents('$3', 'exists (select from changed)')}), ${moved}
  select id from changed`,
)

export const deleteResource = async (
  tenantId: string,
  sql: Sql,
  { identifier, event }: { identifier: string; event: EventRow },
): Promise<boolean> => (await sql.run(removeOne, [tenantId, identifier, eventsParameter(event)])).length > 0
