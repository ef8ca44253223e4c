import type { lazyRouteComponent } from '@tanstack/react-router'

type Page = { readonly path: string; readonly load: Parameters<typeof lazyRouteComponent>[0] }

/** Every page by its path; each exports `Page` and is a part of its own, loaded when it is opened or a pointer comes near its link. */
export const pages: readonly Page[] = [
  { path: '/', load: () => import('./pages/overview/overview.tsx') },
  { path: '/users', load: () => import('./pages/users/users.tsx') },
  { path: '/users/new', load: () => import('./pages/users/new-user.tsx') },
  { path: '/users/$id', load: () => import('./pages/users/user.tsx') },
  { path: '/clients', load: () => import('./pages/clients/clients.tsx') },
  { path: '/clients/connect', load: () => import('./pages/connect/connect.tsx') },
  { path: '/clients/registration-tokens', load: () => import('./pages/clients/registration-tokens.tsx') },
  { path: '/clients/$id', load: () => import('./pages/clients/client.tsx') },
  { path: '/resources', load: () => import('./pages/resources/resources.tsx') },
  { path: '/resources/new', load: () => import('./pages/resources/new-resource.tsx') },
  { path: '/resources/$id', load: () => import('./pages/resources/resource.tsx') },
  { path: '/keys', load: () => import('./pages/keys/keys.tsx') },
  { path: '/roles', load: () => import('./pages/roles/roles.tsx') },
  { path: '/roles/new', load: () => import('./pages/roles/new-role.tsx') },
  { path: '/roles/$id', load: () => import('./pages/roles/role.tsx') },
  { path: '/groups', load: () => import('./pages/groups/groups.tsx') },
  { path: '/groups/new', load: () => import('./pages/groups/new-group.tsx') },
  { path: '/groups/$id', load: () => import('./pages/groups/group.tsx') },
  { path: '/organizations', load: () => import('./pages/organizations/organizations.tsx') },
  { path: '/organizations/new', load: () => import('./pages/organizations/new-organization.tsx') },
  { path: '/organizations/roles', load: () => import('./pages/organizations/own-roles.tsx') },
  { path: '/organizations/$id', load: () => import('./pages/organizations/organization.tsx') },
  { path: '/organizations/$id/invite', load: () => import('./pages/organizations/invite-list.tsx') },
  { path: '/sign-in', load: () => import('./pages/sign-in/sign-in.tsx') },
  { path: '/branding', load: () => import('./pages/branding/branding.tsx') },
  { path: '/tokens', load: () => import('./pages/tokens/tokens.tsx') },
  { path: '/tokens/new', load: () => import('./pages/tokens/new-token.tsx') },
]
