/** Every audit event of the platform: its type, one sentence for the documentation, and the members of its payload. */
type Entry<Payload> = { readonly help: string; readonly example: Payload }

const event = <Payload extends Record<string, unknown>>(help: string, example: Payload): Entry<Payload> => ({ help, example })

export type RefusalReason = 'unknown-user' | 'wrong-password' | 'locked' | 'disabled' | 'no-password' | 'password-disabled'

export const catalogue = {
  'user.registered': event('A person registered.', { via: 'account-api' as 'account-api' | 'cli' | 'import' }),
  'user.disabled': event('An account was disabled; its sessions ended.', { via: 'cli' as 'cli' }),
  'user.enabled': event('A disabled account was enabled again.', { via: 'cli' as 'cli' }),
  'user.deleted': event('An account and all that belongs to it were deleted.', { via: 'cli' as 'cli', number: 1 }),
  'user.imported': event('Accounts were imported; one event per batch.', {
    count: 500,
    passwords: 0,
    source: 'file' as 'file' | 'fastapi',
  }),
  'password.set': event('An operator set a password; all sessions of the account ended.', { via: 'cli' as 'cli' }),
  'password.upgraded': event('A stored password hash was replaced by one of the present scheme.', { scheme: 'argon2id' }),
  'password.locked': event('Too many wrong passwords in a row: the password is locked for a while.', { failures: 5, seconds: 1 }),
  'password.disabled': event('So many wrong passwords in a row that the password is off until it is set anew.', { failures: 100 }),
  'sign_in.succeeded': event('A sign-in succeeded and began a session.', {
    amr: ['pwd'] as readonly string[],
    via: 'account-api' as 'account-api',
  }),
  'sign_in.refused': event('A sign-in was refused; the caller is not told this reason.', { reason: 'wrong-password' as RefusalReason }),
  'session.ended': event('A session ended.', {
    reason: 'logout' as 'logout' | 'revoked' | 'password-set' | 'user-disabled' | 'user-deleted' | 'evicted',
  }),
  'grant.killed': event('A refresh token that had been spent was presented again: its whole family was revoked.', {
    presented: 3,
    current: 5,
  }),
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
  'backup.created': event('A backup was written.', { rows: 1000 }),
  'backup.restored': event('A backup was restored; every session that it held was ended.', { rows: 1000 }),
} as const

export type EventType = keyof typeof catalogue
export type EventPayload<T extends EventType> = (typeof catalogue)[T]['example']
