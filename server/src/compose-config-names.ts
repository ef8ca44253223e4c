import { findGroup } from './access/groups.store.ts'
import type { Single } from './admin/config-single.job.ts'
import { findStoredClient } from './clients/clients.store.ts'
import { keyOfWebhook } from './compose-config-webhooks.ts'
import type { Tx } from './db/database.ts'
import type { AnyReply, AnyRoute } from './http/route.ts'
import { isUuid } from './platform/ids.ts'
import { isStorable } from './platform/storable.ts'

type Asked = { readonly tenantId: string; readonly params: Readonly<Record<string, string>>; readonly body: unknown }
type Naming = (asked: Asked, tx: Tx, reply: AnyReply | undefined) => Promise<string | undefined> | string | undefined

const memberOf = (value: unknown, name: string): string | undefined => {
  const member = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
  return typeof member === 'string' ? member : undefined
}
// PostgreSQL takes no U+0000: such a thing is not there, and the route says so.
const storable = (name: string | undefined): string | undefined => (name !== undefined && isStorable(name) ? name : undefined)
const byParam =
  (name: string): Naming =>
  ({ params }) =>
    storable(params[name])
const byBody =
  (name: string): Naming =>
  ({ body }) =>
    memberOf(body, name)
// Of a thing that is made the id is in the answer; of one that is there, in the path.
const idOf = ({ params }: Asked, reply: AnyReply | undefined): string | undefined => storable(params['id'] ?? memberOf(reply?.body, 'id'))

/** How the configuration calls the thing of an id; undefined where it is not there, or is no part of the configuration. */
type NameOf = (tenantId: string, tx: Tx, id: string) => Promise<string | undefined>

export const nameOfGroup: NameOf = async (tenantId, tx, id) => (isUuid(id) ? (await findGroup(tenantId, tx, id))?.name : undefined)
/** Applications that registered themselves are not part of the configuration. */
export const nameOfClient: NameOf = async (tenantId, tx, id) => {
  const found = await findStoredClient(tenantId, tx, id)
  return found === undefined || found.created_via === 'registration' ? undefined : id
}

const byId =
  (nameOf: NameOf): Naming =>
  async (asked, tx, reply) => {
    const id = idOf(asked, reply)
    return id === undefined ? undefined : nameOf(asked.tenantId, tx, id)
  }

const [group, client, webhook] = [byId(nameOfGroup), byId(nameOfClient), byId(keyOfWebhook)]

const [role, identifier, template] = ['role', 'identifier', 'template'].map(byParam) as [Naming, Naming, Naming]

/** The routes that change one thing of the configuration: its section, and how it is called there. */
const namings: Readonly<Record<string, readonly [section: string, naming: Naming, isUrgent?: true]>> = {
  'POST /admin/v1/roles': ['roles', byBody('id')],
  'PATCH /admin/v1/roles/:role': ['roles', role],
  'DELETE /admin/v1/roles/:role': ['roles', role],
  'POST /admin/v1/groups': ['groups', group],
  'PATCH /admin/v1/groups/:id': ['groups', group],
  'DELETE /admin/v1/groups/:id': ['groups', group],
  'PUT /admin/v1/groups/:id/roles/:role': ['groups', group],
  'DELETE /admin/v1/groups/:id/roles/:role': ['groups', group],
  'POST /admin/v1/clients': ['clients', client],
  'PATCH /admin/v1/clients/:id': ['clients', client],
  'DELETE /admin/v1/clients/:id': ['clients', client],
  // What is shut in an emergency is shut at once.
  'POST /admin/v1/clients/:id/disable': ['clients', client, true],
  'POST /admin/v1/clients/:id/enable': ['clients', client],
  'POST /admin/v1/clients/:id/redirect-uris': ['clients', client],
  'PUT /admin/v1/clients/:id/roles/:role': ['clients', client],
  'DELETE /admin/v1/clients/:id/roles/:role': ['clients', client],
  'POST /admin/v1/resources': ['resources', byBody('identifier')],
  'PATCH /admin/v1/resources/:identifier': ['resources', identifier],
  'DELETE /admin/v1/resources/:identifier': ['resources', identifier],
  'POST /admin/v1/webhooks': ['webhooks', webhook],
  'PATCH /admin/v1/webhooks/:id': ['webhooks', webhook],
  'DELETE /admin/v1/webhooks/:id': ['webhooks', webhook],
  'POST /admin/v1/organization-roles': ['organization_roles', byBody('id')],
  'PATCH /admin/v1/organization-roles/:role': ['organization_roles', role],
  'DELETE /admin/v1/organization-roles/:role': ['organization_roles', role],
  'PUT /admin/v1/mail/templates/:template/:language': ['mail_templates', template],
  'DELETE /admin/v1/mail/templates/:template/:language': ['mail_templates', template],
}

// Each setting has routes of its own.
const settingRoute = /^(?:PUT \/admin\/v1\/settings\/([a-z-]+)(?:\/logo)?|POST \/admin\/v1\/settings\/([a-z-]+)\/revert\/:version)$/

const namingOf = ({ method, path }: AnyRoute): (typeof namings)[string] | undefined => {
  const route = `${method} ${path}`
  const [, replaced, reverted] = settingRoute.exec(route) ?? []
  const setting = replaced ?? reverted
  return setting === undefined ? namings[route] : ['settings', () => setting]
}

/** The section that a route changes a thing of; undefined where it changes no configuration. */
export const sectionChangedBy = (route: AnyRoute): string | undefined => namingOf(route)?.[0]

/** What a route is going to change, in the words of the configuration. */
export const nameOfChanged = (route: AnyRoute, asked: Asked): Omit<Single<AnyReply>, 'work'> => {
  const [section, naming, isUrgent = false] = namingOf(route) ?? []
  if (section === undefined || naming === undefined) throw new Error(`${route.method} ${route.path} changes no configuration.`)
  return { section, isUrgent, name: async (tx, reply) => naming(asked, tx, reply) }
}
