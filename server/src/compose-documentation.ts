import type { Section } from './http/openapi.ts'

/** The sections of the documentation by the tags of the routes, in the order in which somebody meets them. */
export const documentationSections: readonly Section[] = [
  { name: 'account', description: 'Registration, sign-in and protected endpoints: the account API.' },
  { name: 'oauth', description: 'OAuth 2.1 and OpenID Connect: authorization, tokens, discovery, logout.' },
  {
    name: 'self-service',
    description: 'What people do with their own account: profile, sign-in methods, sessions, applications, organizations.',
  },
  {
    name: 'organizations',
    description: 'Organizations: members, roles, invitations, domains, policy, look; for operators and for their own administrators.',
  },
  { name: 'users', description: 'Administration of users: search, bulk actions, credentials, sessions, import and export.' },
  { name: 'clients', description: 'Administration of applications that sign users in, and of machine clients.' },
  { name: 'resources', description: 'Administration of the APIs that tokens are issued for, and of their permissions.' },
  { name: 'access', description: 'Roles, permissions, groups, assignments, and tokens for the admin API.' },
  {
    name: 'settings',
    description: 'Settings of the tenant: sign-in policy, registration, look, claims, attributes, hooks, retention; each with its history.',
  },
  { name: 'config', description: 'Configuration as code: export, plan, apply, history, revert, approval by a second person.' },
  { name: 'keys', description: 'Signing keys: rotation, revocation, and the public key set.' },
  { name: 'mail', description: 'Mail: templates, previews, and what was sent.' },
  { name: 'events', description: 'The audit log: search, export, the story of one sign-in, and checkpoints of the tree.' },
  { name: 'webhooks', description: 'Webhooks: endpoints, deliveries, replay, secrets.' },
  { name: 'tenants', description: 'Tenants: create, suspend, delete.' },
  { name: 'overview', description: 'Figures of the tenant at a glance: sign-ins, failures, sessions, the health of mail and webhooks.' },
  { name: 'jobs', description: 'Background jobs: when each ran, and how it ended.' },
  { name: 'operations', description: 'Health and readiness, for load balancers and orchestrators.' },
]
