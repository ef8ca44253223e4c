import type { Enrolled } from '../credentials/method.ts'

/** What an account has beside its password, as a JSON object; `account` is the alias of a row with tenant_id and user_id. */
export const enrolledOf = (account: string): string => {
  const own = (table: string, condition = 'true'): string =>
    `from ${table} x where x.tenant_id = ${account}.tenant_id and x.user_id = ${account}.user_id and ${condition}`
  return `jsonb_build_object(
    'hasPassword', exists (select ${own('passwords')}),
    'passkeys', (select count(*) ${own('passkeys')}),
    'hasTotp', exists (select ${own('totp_factors', 'x.confirmed_at is not null')}),
    'recoveryCodes', (select count(*) ${own('recovery_codes', 'x.spent_at is null')}),
    'hasVerifiedEmail', exists (select ${own('identifiers', "x.kind = 'email' and x.verified_at is not null")}),
    'hasVerifiedPhone', exists (select ${own('identifiers', "x.kind = 'phone' and x.verified_at is not null")}),
    'isAdministrator', exists (select ${own('role_assignments')})
      or exists (select ${own('group_members', 'exists (select from group_roles g where g.tenant_id = x.tenant_id and g.group_id = x.group_id)')}))`
}

/** Whether the browser whose hash and secret hash stand in the two parameters is excused from the second factor. */
export const trustOf = (account: string, [browser, secret]: readonly [string, string]): string =>
  `exists (select from devices d where d.tenant_id = ${account}.tenant_id and d.user_id = ${account}.user_id
    and d.browser = ${browser} and d.trust_hash = ${secret} and d.trusted_until > now())`

export type EnrolledRow = Enrolled & { readonly isAdministrator: boolean }
