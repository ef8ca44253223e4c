import { event } from './event-entry.ts'

const someTenant = { tenant: '019a0000-0000-7000-8000-000000000000', slug: 'acme' }

/** What is done with roles, organizations, tenants, webhooks and the events themselves. */
export const administrationEvents = {
  'role.created': event('A role was made.', { role: 'people-team', permissions: ['users:read'] as readonly string[] }),
  'role.changed': event('What a role allows, or its name, was changed.', {
    role: 'people-team',
    permissions: ['users:read'] as readonly string[],
  }),
  'role.deleted': event('A role that nobody held was deleted.', { role: 'people-team' }),
  'role.given': event('A person, a group or an application got a role.', {
    role: 'support',
    to: 'user' as 'user' | 'group' | 'client',
    holder: '019a0000-0000-7000-8000-000000000000',
  }),
  'role.taken': event('A role was taken from a person, a group or an application.', {
    role: 'support',
    to: 'user' as 'user' | 'group' | 'client',
    holder: '019a0000-0000-7000-8000-000000000000',
  }),
  'group.created': event('A group was made.', { group: '019a0000-0000-7000-8000-000000000000' }),
  'group.changed': event('A group got another name or description.', { group: '019a0000-0000-7000-8000-000000000000' }),
  'group.deleted': event('A group was deleted; its members lost the roles that it gave.', {
    group: '019a0000-0000-7000-8000-000000000000',
  }),
  'group.joined': event('A person joined a group and got its roles.', { group: '019a0000-0000-7000-8000-000000000000' }),
  'group.left': event('A person left a group and lost its roles.', { group: '019a0000-0000-7000-8000-000000000000' }),
  'token.made': event('A person made a personal access token for the admin API.', {
    token: '019a0000-0000-7000-8000-000000000000',
    permissions: ['users:read'] as readonly string[],
    days: 30,
  }),
  'token.removed': event('A personal access token was removed.', { token: '019a0000-0000-7000-8000-000000000000' }),
  'organization.created': event('An organization was made.', { organization: '019a0000-0000-7000-8000-000000000000', slug: 'acme' }),
  'organization.changed': event('An organization got another name or slug.', {
    organization: '019a0000-0000-7000-8000-000000000000',
    slug: 'acme',
  }),
  'organization.suspended': event('An organization was suspended: its roles count no longer until it is resumed.', {
    organization: '019a0000-0000-7000-8000-000000000000',
  }),
  'organization.resumed': event('A suspended organization was resumed.', { organization: '019a0000-0000-7000-8000-000000000000' }),
  'organization.deleted': event('An organization was deleted with its memberships and invitations.', {
    organization: '019a0000-0000-7000-8000-000000000000',
    slug: 'acme',
  }),
  'organization.policy_changed': event('What an organization demands of the sign-in of its members was changed.', {
    organization: '019a0000-0000-7000-8000-000000000000',
    second_factor: 'required' as 'off' | 'required',
    session_seconds: 28_800 as number | null,
    methods: ['passkey'] as readonly string[] | null,
  }),
  'organization.branding_changed': event('How the pages of an organization look was changed.', {
    organization: '019a0000-0000-7000-8000-000000000000',
    parts: ['accent'] as readonly string[],
  }),
  'organization_member.added': event('A person became a member of an organization.', {
    organization: '019a0000-0000-7000-8000-000000000000',
    roles: ['member'] as readonly string[],
    via: 'admin' as 'admin' | 'invitation' | 'domain',
  }),
  'organization_member.roles_changed': event('A member of an organization got other roles there.', {
    organization: '019a0000-0000-7000-8000-000000000000',
    roles: ['administrator'] as readonly string[],
    before: ['member'] as readonly string[],
  }),
  'organization_member.removed': event('A member was removed from an organization.', {
    organization: '019a0000-0000-7000-8000-000000000000',
  }),
  'organization_member.left': event('A member left an organization.', { organization: '019a0000-0000-7000-8000-000000000000' }),
  'organization_invitation.sent': event('An address was invited to an organization.', {
    organization: '019a0000-0000-7000-8000-000000000000',
    invitation: '019a0000-0000-7000-8000-000000000000',
    roles: ['member'] as readonly string[],
  }),
  'organization_invitation.resent': event('An invitation to an organization got a new link and a new life; the link before is dead.', {
    organization: '019a0000-0000-7000-8000-000000000000',
    invitation: '019a0000-0000-7000-8000-000000000000',
  }),
  'organization_invitation.revoked': event('An invitation to an organization was taken back before it was accepted.', {
    organization: '019a0000-0000-7000-8000-000000000000',
    invitation: '019a0000-0000-7000-8000-000000000000',
  }),
  'organization_invitation.accepted': event('A person accepted an invitation to an organization.', {
    organization: '019a0000-0000-7000-8000-000000000000',
    invitation: '019a0000-0000-7000-8000-000000000000',
  }),
  'organization_role.created': event('A role for organizations was made.', {
    role: 'people-team',
    permissions: ['members:read'] as readonly string[],
  }),
  'organization_role.changed': event('What a role for organizations allows, or its name, was changed.', {
    role: 'people-team',
    permissions: ['members:read'] as readonly string[],
  }),
  'organization_role.deleted': event('A role for organizations that nobody held was deleted.', { role: 'people-team' }),
  'organization_domain.added': event('An organization got a domain, which it has to prove.', {
    organization: '019a0000-0000-7000-8000-000000000000',
    domain: 'acme.example',
  }),
  'organization_domain.verified': event('An organization proved a domain by its record in the domain name system.', {
    organization: '019a0000-0000-7000-8000-000000000000',
    domain: 'acme.example',
  }),
  'organization_domain.changed': event('Who joins an organization by a domain was changed.', {
    organization: '019a0000-0000-7000-8000-000000000000',
    domain: 'acme.example',
    joining: 'automatic' as 'off' | 'ask' | 'automatic',
    roles: ['member'] as readonly string[],
  }),
  'organization_domain.lost': event('The record of a proved domain was missing for days: the domain counts no longer.', {
    organization: '019a0000-0000-7000-8000-000000000000',
    domain: 'acme.example',
  }),
  'organization_domain.removed': event('A domain was removed from an organization.', {
    organization: '019a0000-0000-7000-8000-000000000000',
    domain: 'acme.example',
  }),
  'import.begun': event('An import of accounts was begun.', { import: '019a0000-0000-7000-8000-000000000000', dry_run: false }),
  'import.finished': event('An import of accounts was finished.', {
    import: '019a0000-0000-7000-8000-000000000000',
    created: 120,
    errors: 3,
  }),
  'import.cancelled': event('An import of accounts was cancelled; accounts that it had made stay.', {
    import: '019a0000-0000-7000-8000-000000000000',
    created: 50,
    errors: 0,
  }),
  'webhook.created': event('A webhook was made.', { webhook: '019a0000-0000-7000-8000-000000000000' }),
  'webhook.changed': event('A webhook got another address, other events, or was opened or shut.', {
    webhook: '019a0000-0000-7000-8000-000000000000',
  }),
  'webhook.deleted': event('A webhook was deleted with its deliveries.', { webhook: '019a0000-0000-7000-8000-000000000000' }),
  'webhook.secret_rotated': event('A webhook got a new signing secret; the one before signs beside it for a while.', {
    webhook: '019a0000-0000-7000-8000-000000000000',
    overlapSeconds: 86_400,
  }),
  'webhook.replayed': event('Deliveries of a webhook were sent again.', { webhook: '019a0000-0000-7000-8000-000000000000', deliveries: 1 }),
  'webhook.tested': event('A test was sent to a webhook.', { webhook: '019a0000-0000-7000-8000-000000000000' }),
  'webhook.shut': event('A webhook was shut, because its receiver is gone or has failed for days.', {
    webhook: '019a0000-0000-7000-8000-000000000000',
    reason: 'the receiver answered 410 Gone',
  }),
  'hook.failed': event('A hook did not answer, or answered what it may not; at most once a minute for each hook.', {
    hook: 'before_token' as 'before_registration' | 'before_token' | 'after_sign_in',
    reason: 'answered 500',
  }),
  'hook.refused': event('A hook of the operator refused a registration, a sign-in or a token.', {
    hook: 'before_token' as 'before_registration' | 'before_token' | 'after_sign_in',
  }),
  'hook.secret_shown': event('The signing secret of a hook was shown to an administrator.', {
    hook: 'before_token' as 'before_registration' | 'before_token' | 'after_sign_in',
  }),
  'config.applied': event(
    'A tenant’s configuration was changed as one document, or a thing of it past the second person that the tenant asks for; each thing has its event besides.',
    {
      version: 1,
      created: 1,
      changed: 0,
      deleted: 0,
      via: 'cli' as 'cli' | 'admin',
      approval: null as string | null,
    },
  ),
  'change.proposed': event('A change of the configuration was asked for and waits for a second person.', {
    change: '019a0000-0000-7000-8000-000000000000',
  }),
  'change.approved': event('A second person approved a change of the configuration; it was made.', {
    change: '019a0000-0000-7000-8000-000000000000',
  }),
  'change.rejected': event('A change of the configuration that waited was not made.', {
    change: '019a0000-0000-7000-8000-000000000000',
    reason: 'rejected' as 'rejected' | 'withdrawn' | 'stale',
  }),
  'events.expired': event('Events before a time went, because their time was up: whole months, or those of this tenant alone.', {
    before: '2026-01-01T00:00:00.000000Z',
    months: 1,
  }),
  'tenant.created': event('A tenant was made.', { slug: 'acme', via: 'cli' as 'cli' | 'admin' }),
  'tenant.suspended': event('A tenant was suspended: nothing of it is served.', { ...someTenant, via: 'admin' as 'cli' | 'admin' }),
  'tenant.resumed': event('A tenant is served again; a deletion that was planned is called off.', {
    ...someTenant,
    via: 'admin' as 'cli' | 'admin',
  }),
  'tenant.deletion_planned': event('A tenant was suspended and goes after seven days; until then it can be resumed.', {
    ...someTenant,
    via: 'admin' as 'cli' | 'admin',
  }),
  'tenant.deleted': event('A tenant and all that belongs to it were deleted.', someTenant),
  'request.refused': event('A request of an application was refused by a rule of OAuth or OpenID Connect; so many in an hour.', {
    error: 'invalid_scope' as string,
    rule: 'The scope is not one that the client may ask for.',
  }),
  'client.redirect_refused': event('An application asked for answers at a redirect address that is not registered for it.', {
    redirect_uri: 'http://localhost:3000/callback',
  }),
  'events.exported': event('Audit events were downloaded.', { format: 'jsonl' as 'jsonl' | 'csv' }),
} as const
