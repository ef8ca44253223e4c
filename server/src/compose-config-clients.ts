import { Type } from 'typebox'
import { type AccessAdmin, createAccessAdmin } from './access/access.job.ts'
import type { SectionItems } from './admin/config-run.job.ts'
import { type Item, isSame } from './admin/document.ts'
import type { ApiResource } from './clients/client.ts'
import { savedClient } from './clients/client-view.admin.routes.ts'
import { type ClientAdmin, type ClientAdminDeps, createClientAdmin, type StoredClient } from './clients/clients.job.ts'
import { unknownMembers } from './clients/metadata.ts'
import { changesOf, ResourceSettable, resourceOf, resourceView, savedResource } from './clients/resources.admin.routes.ts'
import { createResourceAdmin } from './clients/resources.job.ts'
import { clientGuardOf } from './compose-admin-guard.ts'
import { RoleList, rolesByHolder, settleRoles } from './compose-config-access.ts'
import { done, type Parts, refusing, type SectionOf } from './compose-config-parts.ts'
import { record } from './events/events.store.ts'

type At = Parameters<SectionOf['items']>

const Client = Type.Object(
  {
    first_party: Type.Optional(Type.Boolean({ description: 'An application of your own: people are not asked for consent.' })),
    disabled: Type.Optional(Type.Boolean()),
    roles: Type.Optional(RoleList),
    metadata: Type.Record(Type.String({ minLength: 1, maxLength: 128 }), Type.Unknown(), {
      description: 'Client metadata as in docs/oauth.md. Secrets are never here: they are made when the application is, and shown once.',
    }),
  },
  { additionalProperties: false },
)
type ClientItem = {
  readonly first_party?: boolean
  readonly disabled?: boolean
  readonly roles?: readonly string[]
  readonly metadata: Item
}

// A statement is signed by somebody else and was checked when the application registered.
const metadataOf = ({ metadata }: StoredClient): Item => {
  const { software_statement: _, ...members } = metadata
  return members
}

const shownClient = (client: StoredClient, roles: readonly string[]): Item => ({
  ...{ first_party: client.is_first_party, disabled: client.status === 'disabled', roles, metadata: metadataOf(client) },
})

// Who registered by themselves look after themselves, with a token of their own.
const isOurs = ({ created_via: via }: StoredClient): boolean => via !== 'registration'

const pageSize = 200

const allClients = async (clients: ClientAdmin): Promise<readonly StoredClient[]> => {
  const rows: StoredClient[] = []
  for (let page = await clients.list({ after: '', limit: pageSize }); page.length > 0; ) {
    rows.push(...page)
    page = page.length < pageSize ? [] : await clients.list({ after: page.at(-1)?.id ?? '', limit: pageSize })
  }
  return rows.filter(isOurs)
}

// A member that the document leaves out goes.
const replacing = (before: StoredClient, metadata: Item): Item => ({
  ...Object.fromEntries(Object.keys(metadataOf(before)).map((member) => [member, null])),
  ...metadata,
})

const register = async (clients: ClientAdmin, id: string, { first_party: isFirstParty = false, metadata }: ClientItem) => {
  const before = await clients.find(id)
  if (before !== undefined && before.is_first_party === isFirstParty && isSame(metadataOf(before), metadata)) return undefined
  const saved =
    before === undefined
      ? await clients.create({ id, isFirstParty, metadata })
      : await clients.update({ id, isFirstParty, metadata: replacing(before, metadata) })
  const { body } = savedClient(saved)
  return body.client_secret
}

const isForeign = async (clients: ClientAdmin, id: string): Promise<boolean> => {
  const client = await clients.find(id)
  return client !== undefined && !isOurs(client)
}

const foreign = {
  kind: 'refused',
  sentence: 'This application registered by itself and is not part of the configuration. Choose another id.',
} as const

type Within = { readonly clients: ClientAdmin; readonly access: AccessAdmin; readonly acting: At[1] }

const saveClient = async ({ clients, access, acting }: Within, id: string, item: ClientItem) => {
  if (await isForeign(clients, id)) return foreign
  const secret = await register(clients, id, item)
  await clients.setStatus(id, item.disabled === true ? 'disabled' : 'active')
  const settled = await settleRoles({ access, acting }, { kind: 'client', id }, item.roles ?? [])
  return settled.kind === 'done' ? { ...settled, secret } : settled
}

const clientItems = ({ config, tenantId, fetchJson, ensureKey }: Parts, ...[tx, acting]: At): SectionItems => {
  const { via, make } = acting
  const guard = via === 'admin' ? clientGuardOf(tenantId, acting) : async () => undefined
  const deps: ClientAdminDeps = {
    ...{ db: tx, tenantId, sealingKey: config.key('client-secrets'), fetchJson, ensureKey },
    operator: { via, make, guard },
  }
  const [clients, access] = [createClientAdmin(deps), createAccessAdmin({ db: tx, tenantId, record })]
  return {
    list: async () => {
      const held = await rolesByHolder(access, 'client')
      return new Map((await allClients(clients)).map((client) => [client.id, shownClient(client, held.get(client.id) ?? [])]))
    },
    find: async (id) => {
      const client = await clients.find(id)
      return client && shownClient(client, await access.rolesOf({ kind: 'client', id }))
    },
    save: (id, item) => refusing(() => saveClient({ clients, access, acting }, id, item as ClientItem)),
    remove: (id) =>
      refusing(async () => {
        await settleRoles({ access, acting }, { kind: 'client', id }, [])
        return (await clients.remove(id)) ? done : { kind: 'refused', sentence: 'There is no such application.' }
      }),
  }
}

/** Applications that operators registered. */
export const clientsSection = (parts: Parts): SectionOf => ({
  ...{ name: 'clients', isFixed: false, read: 'clients:read', write: 'clients:write', schema: Client },
  about: 'Applications by client id: neither the platform’s own ones nor those that registered themselves.',
  keys: '^[A-Za-z0-9._~:/-]{1,128}$',
  check: (_, item) =>
    unknownMembers((item as ClientItem).metadata).map((member) => ({
      ...{ at: ['metadata', member.slice(0, 128)], sentence: 'No client metadata have this name. Remove it.' },
    })),
  items: (...at) => clientItems(parts, ...at),
})

const resourceItems = ({ tenantId, ensureKey }: Parts, ...[tx, { make }]: At): SectionItems => {
  const resources = createResourceAdmin({ db: tx, tenantId, make, ensureKey })
  const shown = (one: ApiResource): Item => {
    const { identifier: _, ...rest } = resourceView(one)
    return rest
  }
  return {
    list: async () => new Map((await resources.list()).map((one) => [one.identifier, shown(one)])),
    find: async (identifier) => {
      const one = await resources.find(identifier)
      return one && shown(one)
    },
    save: (identifier, item, before) =>
      refusing(async () => {
        const resource = { ...resourceOf(identifier), ...changesOf(item) }
        savedResource(before === undefined ? await resources.create(resource) : await resources.update({ identifier }, resource))
        return done
      }),
    remove: async (identifier) => ((await resources.remove(identifier)) ? done : { kind: 'refused', sentence: 'There is no such API.' }),
  }
}

/** APIs that take access tokens. */
export const resourcesSection = (parts: Parts): SectionOf => ({
  ...{ name: 'resources', isFixed: false, read: 'resources:read', write: 'resources:write', schema: ResourceSettable },
  about: 'APIs that take access tokens, by identifier.',
  keys: '^[A-Za-z][A-Za-z0-9+.-]*:[^\\s#]+$',
  items: (...at) => resourceItems(parts, ...at),
})
