import type { IconName } from '@custom-identity-platform/kit/icons.tsx'
import type { Me } from './console-context.tsx'
import type { Messages } from './messages/messages.ts'

export type SectionName = keyof Messages['sections']
export type Section = {
  readonly name: SectionName
  readonly path: string
  readonly icon: IconName
  /** Any one of them opens it; none: whoever may do anything. */
  readonly needs: readonly string[]
  /** Of the installation: only the tenant at the root has it. */
  readonly isOfRoot?: boolean
}
type Group = { readonly name: keyof Messages['groups'] | undefined; readonly sections: readonly Section[] }

/** The pages of the console by what somebody wants to do. One is listed where `pages.tsx` has a page at its path. */
export const groups: readonly Group[] = [
  { name: undefined, sections: [{ name: 'overview', path: '/', icon: 'home', needs: [] }] },
  {
    name: 'people',
    sections: [
      { name: 'users', path: '/users', icon: 'person', needs: ['users:read'] },
      { name: 'groups', path: '/groups', icon: 'group', needs: ['groups:read'] },
      { name: 'organizations', path: '/organizations', icon: 'building', needs: ['organizations:read'] },
      { name: 'roles', path: '/roles', icon: 'badge', needs: ['roles:read'] },
    ],
  },
  {
    name: 'applications',
    sections: [
      { name: 'clients', path: '/clients', icon: 'apps', needs: ['clients:read'] },
      { name: 'resources', path: '/resources', icon: 'api', needs: ['resources:read'] },
    ],
  },
  {
    name: 'signIn',
    sections: [
      { name: 'methods', path: '/sign-in', icon: 'passkey', needs: ['settings:read'] },
      { name: 'branding', path: '/branding', icon: 'palette', needs: ['settings:read'] },
      { name: 'mail', path: '/mail', icon: 'mail', needs: ['mail:read'] },
    ],
  },
  {
    name: 'operations',
    sections: [
      { name: 'events', path: '/events', icon: 'list', needs: ['events:read'] },
      { name: 'webhooks', path: '/webhooks', icon: 'webhook', needs: ['webhooks:read'] },
      { name: 'transfer', path: '/transfer', icon: 'transfer', needs: ['data:export', 'data:import'] },
      { name: 'keys', path: '/keys', icon: 'key', needs: ['keys:read'] },
      { name: 'jobs', path: '/jobs', icon: 'clock', needs: ['jobs:read'], isOfRoot: true },
      { name: 'tenants', path: '/tenants', icon: 'door', needs: ['tenants:read'], isOfRoot: true },
      { name: 'tokens', path: '/tokens', icon: 'password', needs: ['tokens:write'] },
      { name: 'settings', path: '/settings', icon: 'settings', needs: ['settings:read'] },
    ],
  },
]

/** Whether the person gets anything from a section. */
export const opensTo = ({ permissions, tenant }: Pick<Me, 'permissions' | 'tenant'>, { needs, isOfRoot = false }: Section): boolean =>
  (tenant.root || !isOfRoot) && (needs.length === 0 || needs.some((one) => permissions.includes(one)))

/** The section that a path belongs to: the one whose path it begins with. */
export const sectionAt = (path: string): Section | undefined =>
  groups
    .flatMap(({ sections }) => sections)
    .find(({ path: own }) => (own === '/' ? path === '/' : path === own || path.startsWith(`${own}/`)))
