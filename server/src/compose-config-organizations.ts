import { Type } from 'typebox'
import type { SectionItems } from './admin/config-run.job.ts'
import type { Item } from './admin/document.ts'
import { done, type Parts, refusing, type SectionOf } from './compose-config-parts.ts'
import { record } from './events/events.store.ts'
import { everythingInside } from './organizations/organization-permissions.ts'
import { refusalError } from './organizations/refusals.routes.ts'
import { createOrganizationRoleAdmin, type ShownRole } from './organizations/roles.job.ts'

const Role = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    description: Type.Optional(Type.String({ maxLength: 500 })),
    permissions: Type.Array(Type.String({ enum: [...everythingInside] }), { maxItems: everythingInside.size, uniqueItems: true }),
  },
  { additionalProperties: false },
)
type RoleItem = { readonly name: string; readonly description?: string; readonly permissions: readonly string[] }

const shown = ({ name, description, permissions }: ShownRole): Item => ({ name, description, permissions: [...permissions].sort() })

const items = ({ tenantId }: Parts, ...[tx, acting]: Parameters<SectionOf['items']>): SectionItems => {
  const roles = createOrganizationRoleAdmin({ db: tx, tenantId, record })
  return {
    list: async () => new Map((await roles.list()).filter(({ isBuiltIn }) => !isBuiltIn).map((role) => [role.id, shown(role)])),
    find: async (id) => {
      const role = await roles.find(id)
      return role && shown(role)
    },
    save: (id, item, before) =>
      refusing(async () => {
        const { name, description = '', permissions } = item as RoleItem
        const input = { id, name, description, permissions: [...permissions].sort() }
        const saved = before === undefined ? await roles.create(acting, input) : await roles.change(acting, input)
        if (saved.kind !== 'done') throw refusalError(saved, 'role')
        return done
      }),
    remove: (id) =>
      refusing(async () => {
        const removed = await roles.remove(acting, { id })
        if (removed.kind !== 'done') throw refusalError(removed, 'role')
        return done
      }),
  }
}

/** The roles that the tenant has made for members of organizations. */
export const organizationRolesSection = (parts: Parts): SectionOf => ({
  ...{ name: 'organization_roles', isFixed: false, read: 'organizations:read', write: 'organizations:write', schema: Role },
  about: 'Roles of your own for members of organizations, by id. Organizations themselves are no configuration.',
  keys: '^[a-z][a-z0-9-]{1,62}$',
  items: (...at) => items(parts, ...at),
})
