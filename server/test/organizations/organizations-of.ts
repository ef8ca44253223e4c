import assert from 'node:assert/strict'
import { type Account, accountApi, newAccount } from '../harness/account-api.ts'
import type { AdminApi } from '../harness/admin.ts'
import type { FreshDatabase } from '../harness/database.ts'
import { type Answer, bearer, request } from '../harness/http.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Organization = { readonly id: string; readonly slug: string; readonly name: string }
export type Somebody = { readonly account: Account; readonly userId: string; readonly token: string }
export type Invitation = {
  readonly id: string
  readonly email: string
  readonly status: string
  readonly link: string | null
  readonly qr: string | null
}

let count = 0

/** Any address of the server with the token of a person. */
export const callAs = (url: string, token: string, ...[method, path, body]: readonly [Method, string, unknown?]): Promise<Answer> =>
  request(`${url}${path}`, {
    method,
    headers: { ...bearer(token), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  })

/** Somebody with an account whose address is proved, signed in a moment ago. */
export const newMember = async (
  { url, sql }: { readonly url: string; readonly sql: FreshDatabase['sql'] },
  account = newAccount(),
): Promise<Somebody> => {
  const { pair } = await accountApi(url).join(account)
  const [row] = await sql.text<{ user_id: string }>(
    `update identifiers set verified_at = now() where kind = 'email' and canonical = $1 returning user_id`,
    [account.email],
  )
  assert.ok(row)
  return { account, userId: row.user_id, token: pair.access_token }
}

/** Makes an organization; its members by role. */
export const newOrganization = async (admin: AdminApi, members: Readonly<Record<string, Somebody>> = {}): Promise<Organization> => {
  count += 1
  const made = await admin.post('organizations', { slug: `org-${process.pid}-${count}`, name: `Organization ${count}` })
  assert.equal(made.status, 201, made.text)
  const organization = made.json as Organization
  for (const [role, { userId }] of Object.entries(members)) {
    const added = await admin.post(`organizations/${organization.id}/members`, { user_id: userId, roles: [role] })
    assert.equal(added.status, 201, added.text)
  }
  return organization
}
