import { administrationEvents } from './catalogue-administration.ts'
import { event } from './event-entry.ts'

export type RefusalReason =
  | 'unknown-user'
  | 'wrong-password'
  | 'locked'
  | 'disabled'
  | 'no-password'
  | 'password-disabled'
  | 'wrong-second-factor'
  | 'wrong-code'
  | 'passkey'

/** By which door: the command line, the admin API, or the account's own. */
type Via = 'cli' | 'admin' | 'account'
type OperatorVia = 'cli' | 'admin'

export const catalogue = {
  'user.registered': event('A person registered.', {
    via: 'account-api' as 'account-api' | 'browser' | 'cli' | 'import' | 'invitation' | 'admin',
  }),
  'user.invited': event('An operator invited an e-mail address to make an account.', {
    invitation: '019a0000-0000-7000-8000-000000000000',
    via: 'cli' as 'cli',
  }),
  'invitation.resent': event('An invitation got a new link and a new life; the link before is dead.', {
    invitation: '019a0000-0000-7000-8000-000000000000',
    via: 'cli' as 'cli',
  }),
  'invitation.revoked': event('An invitation was taken back before it was accepted.', {
    invitation: '019a0000-0000-7000-8000-000000000000',
    via: 'cli' as 'cli',
  }),
  'invitation.accepted': event('Whoever held the link of an invitation made the account.', {
    invitation: '019a0000-0000-7000-8000-000000000000',
  }),
  'user.disabled': event('An account was disabled; its sessions ended.', { via: 'cli' as Via }),
  'user.enabled': event('A disabled account was enabled again.', { via: 'cli' as Via }),
  'user.deleted': event('An account and all that belongs to it were deleted.', { via: 'cli' as Via, number: 1 }),
  'user.imported': event('Accounts were imported; one event per batch.', {
    count: 500,
    passwords: 0,
    source: 'file' as 'file' | 'fastapi',
  }),
  'user.exported': event('An administrator began to export all accounts.', { hashes: false, via: 'admin' as 'admin' }),
  'password.set': event('A password was set; all sessions of the account ended.', { via: 'cli' as 'cli' | 'mail' | 'account' }),
  'password.upgraded': event('A stored password hash was replaced by one of the present scheme.', { scheme: 'argon2id' }),
  'password.locked': event('Too many wrong passwords in a row: the password is locked for a while.', { failures: 5, seconds: 1 }),
  'password.disabled': event('So many wrong passwords in a row that the password is off until it is set anew.', { failures: 100 }),
  'sign_in.succeeded': event('A sign-in succeeded and began a session.', {
    amr: ['pwd'] as readonly string[],
    via: 'account-api' as 'account-api' | 'browser',
    second_factor: { asked_by: 'the person has set one up', answer: 'given' } as {
      readonly asked_by: string | null
      readonly answer: 'not-asked' | 'given' | 'trusted-browser'
    },
  }),
  'sign_in.refused': event('A sign-in was refused; the caller is not told this reason.', { reason: 'wrong-password' as RefusalReason }),
  'impersonation.asked': event('An administrator asked to act as this person, with a reason.', {
    impersonation: '019a0000-0000-7000-8000-000000000000',
    reason: 'Ticket 4711: the order page stays empty',
    minutes: 15,
  }),
  'impersonation.begun': event('An administrator began to act as this person.', { impersonation: '019a0000-0000-7000-8000-000000000000' }),
  'impersonation.ended': event('An administrator stopped acting as this person.', {
    impersonation: '019a0000-0000-7000-8000-000000000000',
  }),
  'session.ended': event('A session ended.', {
    reason: 'logout' as
      | 'logout'
      | 'revoked'
      | 'password-set'
      | 'user-disabled'
      | 'user-deleted'
      | 'evicted'
      | 'user-frozen'
      | 'email-restored'
      | 'ended-by-owner'
      | 'ended-by-operator'
      | 'password-removed'
      | 'hook-refused',
  }),
  'grant.killed': event('A refresh token that had been spent was presented again: its whole family was revoked.', {
    presented: 3,
    current: 5,
  }),
  'authorization.granted': event('A person, or the consent remembered of them, let an application in.', {
    scope: 'openid profile',
    consented: true,
  }),
  'authorization.refused': event('A person refused an application, or cancelled its request.', {
    at: 'consent' as 'consent' | 'sign-in' | 'device',
  }),
  'grant.redeemed': event('An application exchanged an authorization code or a device code for tokens.', {
    by: 'code' as 'code' | 'device_code',
  }),
  'grant.revoked': event('A grant with everything issued from it was revoked.', {
    reason: 'revoked' as
      | 'revoked'
      | 'code-replay'
      | 'reuse'
      | 'binding'
      | 'scope-withdrawn'
      | 'consent-revoked'
      | 'password-set'
      | 'user-disabled',
  }),
  'token.revoked': event('A single access token was revoked.', {}),
  'device.requested': event('A device asked to be connected.', { scope: 'openid' }),
  'consent.revoked': event('The consent given to an application was taken back; its grants ended.', { via: 'cli' as Via }),
  'message.queued': event('An operator queued a message: a test, or one that had been given up.', {
    message: '01890a5d-ac96-774b-bcce-b302099a8057',
    template: 'test',
    channel: 'email',
    by: 'test' as 'test' | 'retry',
  }),
  'client.created': event('An application was registered.', { via: 'cli' as OperatorVia | 'registration' }),
  'client.updated': event('The registration of an application was changed.', { via: 'cli' as OperatorVia | 'registration' }),
  'client.deleted': event('An application was deleted with its grants.', { via: 'cli' as OperatorVia | 'registration' }),
  'client.secret_rotated': event('An application got a new secret; the present ones end after the overlap.', { overlapSeconds: 86_400 }),
  'resource.saved': event('An API that takes access tokens was registered or changed.', { identifier: 'https://api.example.com' }),
  'resource.deleted': event('An API that takes access tokens was deleted.', { identifier: 'https://api.example.com' }),
  'initial_access_token.created': event('A token that allows clients to register was made.', { uses: 1 }),
  'initial_access_token.deleted': event('A token that allows clients to register was deleted.', {}),
  'client.disabled': event('An application was disabled: no sign-in and no token for it from then on.', { via: 'cli' as OperatorVia }),
  'client.enabled': event('A disabled application was enabled again.', { via: 'cli' as OperatorVia }),
  'registration.changed': event('An operator changed who may register applications.', { mode: 'open' as 'open' | 'token' | 'off' }),
  'key.created': event('A signing key was made.', { kid: 'abc', algorithm: 'ES256' }),
  'key.rotated': event('A signing key got a successor, published now and used from its activation on.', {
    kid: 'abc',
    successor: 'def',
    algorithm: 'ES256',
  }),
  'key.revoked': event('A signing key was revoked; tokens signed with it are refused.', { kid: 'abc', algorithm: 'ES256' }),
  'setting.changed': event('The server started with other settings than before; secrets are only named.', {
    names: ['CIP_ACCESS_TOKEN_TTL'] as readonly string[],
  }),
  'user.updated': event('Attributes of an account were changed; their names alone are told.', {
    attributes: ['given_name'] as readonly string[],
    via: 'cli' as Via | 'sign-up',
  }),
  'user.renamed': event('An operator gave an account another user name.', { via: 'admin' as 'admin' }),
  'user.address_replaced': event('An operator put another e-mail address in the place of the earlier one.', {
    via: 'admin' as 'admin',
    verified: false,
  }),
  'user.unlocked': event('An operator ended the locks that wrong passwords and codes had put on an account.', { via: 'admin' as 'admin' }),
  'password.removed': event('An operator took the password of an account away; its sessions ended.', { via: 'admin' as 'admin' }),
  'user.email_verified': event("An account's e-mail address was proved, or marked as verified.", { via: 'cli' as Via | 'mail' }),
  'avatar.changed': event('The picture of an account was replaced.', {}),
  'avatar.removed': event('The picture of an account was removed.', {}),
  'phone.changed': event('A proved phone number took the place of the earlier one.', {}),
  'phone.removed': event('The phone number of an account was removed.', {}),
  'devices.untrusted': event('No browser is excused from the second factor any more.', {}),
  'account.exported': event('A person downloaded everything that is kept of the account.', {}),
  'deletion.planned': event('A person asked for the deletion of the account; it can be kept until then.', { days: 14 }),
  'deletion.cancelled': event('The account is kept: its deletion was called off.', { via: 'account' as 'account' | 'mail' }),
  'user.frozen': event('A person froze the account from a notice: nobody can sign in until an operator opens it again.', {}),
  'email.changed': event('A proved e-mail address took the place of the earlier one.', {}),
  'email.restored': event('The earlier e-mail address was taken back; all sessions ended.', {}),
  'proof.sent': event('A code or link was asked for, whether somebody is behind the address or not.', {
    purpose: 'sign-in' as string,
    channel: 'email' as 'email' | 'sms',
  }),
  'proof.withheld': event('A text message was not sent: the tenant sends none to such numbers, or had its share of the hour.', {
    purpose: 'verify-phone' as string,
    channel: 'sms' as 'email' | 'sms',
  }),
  'proof.refused': event('A code that was given to prove an address was wrong, or could not be used any more.', {
    purpose: 'sign-up' as string,
  }),
  'device.trusted': event('A browser was excused from the second factor for a while.', { seconds: 2_592_000 }),
  'user.email_unverified': event("An account's e-mail address was marked as not verified.", { via: 'cli' as Via }),
  'setting.saved': event('An operator decided something for the tenant at run time.', {
    key: 'claims',
    version: 1,
    via: 'cli' as OperatorVia,
    approval: null as string | null,
  }),
  'totp.enrolled': event('A person confirmed an authenticator app as second factor.', {}),
  'totp.removed': event('The authenticator app of an account was removed.', {}),
  'recovery_codes.made': event('An account got new recovery codes; the ones before ended.', { count: 10 }),
  'recovery_code.spent': event('A recovery code was used in place of another factor.', {}),
  'recovery_codes.removed': event('The recovery codes of an account were taken away.', { via: 'admin' as 'admin' }),
  'passkey.added': event('A passkey was added to an account.', { passkey: '019a0000-0000-7000-8000-000000000000' }),
  'passkey.renamed': event('A passkey got another name.', { passkey: '019a0000-0000-7000-8000-000000000000' }),
  'passkey.removed': event('A passkey of an account was removed.', { passkey: '019a0000-0000-7000-8000-000000000000' }),
  'passkey.cloned': event('The signature counter of a passkey went back, so there may be a copy of it: the answer was refused.', {
    passkey: '019a0000-0000-7000-8000-000000000000',
  }),
  'factor.locked': event(
    'Too many wrong answers of a second factor in a row: it is locked for a while, after 100 until it is set up anew.',
    {
      method: 'totp' as 'totp' | 'recovery-code' | 'email-code' | 'sms-code',
      failures: 5,
      seconds: 1,
    },
  ),
  'administrator.claimed': event('The link of the first start made the first administrator.', { role: 'owner' as 'owner' }),
  ...administrationEvents,
  'backup.created': event('A backup was written.', { rows: 1000 }),
  'backup.restored': event('A backup was restored; every session that it held was ended.', { rows: 1000 }),
} as const

export type EventType = keyof typeof catalogue
export type EventPayload<T extends EventType> = (typeof catalogue)[T]['example']
