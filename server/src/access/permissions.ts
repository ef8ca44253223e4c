/** Everything that the admin API lets somebody do, with a sentence for whoever makes a role of it. */
export const permissions = {
  'users:read': 'See accounts, their sessions, factors and connected applications',
  'users:write': 'Make and change accounts, disable and enable them',
  'users:support': 'Help people in: unlock, send a reset, end sessions, remove lost factors',
  'users:delete': 'Delete accounts',
  'users:impersonate': 'Act as another person, visibly and for a short time',
  'groups:read': 'See groups and their members',
  'groups:write': 'Make and change groups and their members',
  'roles:read': 'See roles and who holds them',
  'roles:write': 'Make roles and give those that one holds oneself',
  'tokens:write': 'Make personal access tokens for oneself',
  'owners:write': 'Make and unmake owners',
  'organizations:read': 'See organizations, their members, invitations and domains',
  'organizations:write': 'Make and change organizations',
  'clients:read': 'See applications',
  'clients:write': 'Register and change applications, and give them secrets',
  'resources:read': 'See APIs that take access tokens',
  'resources:write': 'Register and change APIs that take access tokens',
  'keys:read': 'See signing keys',
  'keys:write': 'Rotate and revoke signing keys',
  'settings:read': 'See the sign-in policy, branding and other settings',
  'settings:write': 'Change the sign-in policy, branding and other settings',
  'config:read': 'Export the configuration as one document, and see its versions; of each part what one may see besides',
  'config:write': 'Plan, apply and revert the configuration as one document; of each part what one may change besides',
  'changes:read': 'See changes that wait for a second person',
  'changes:write': 'Approve and reject what others want to change and one could change oneself',
  'mail:read': 'See templates of mails and what was sent',
  'mail:write': 'Change templates of mails, send tests and try again',
  'webhooks:read': 'See webhooks and their deliveries',
  'webhooks:write': 'Make and change webhooks, and deliver again',
  'events:read': 'Search and export the audit events',
  'jobs:read': 'See jobs and their outcome',
  'data:import': 'Import accounts',
  'data:export': 'Export accounts',
  'tenants:read': 'See all tenants of the installation',
  'tenants:write': 'Make, suspend and delete tenants',
} as const

export type Permission = keyof typeof permissions

export const allPermissions = Object.keys(permissions) as readonly Permission[]

export const isPermission = (text: string): text is Permission => Object.hasOwn(permissions, text)
