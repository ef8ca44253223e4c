import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInRole } from '../../src/access/roles.ts'
import { accountApi } from '../harness/account-api.ts'
import { adminApi, administrator } from '../harness/admin.ts'
import { startProvider } from '../harness/provider.ts'

type Me = {
  readonly kind: string
  readonly id: string
  readonly user: { readonly id: string; readonly username: string } | null
  readonly permissions: readonly string[]
  readonly tenant: { readonly slug: string; readonly root: boolean }
}

const provider = await startProvider()
const meOf = async (api: ReturnType<typeof adminApi>): Promise<Me> => {
  const answer = await api.get('me')
  assert.equal(answer.status, 200, answer.text)
  return answer.json as Me
}

test('tells a person who they are and what their roles allow, no more', async () => {
  const support = await administrator(provider, 'support')
  const me = await meOf(support)
  assert.deepEqual([me.kind, me.id, me.user?.username], ['user', support.userId, support.username])
  assert.deepEqual([...me.permissions].sort(), [...(builtInRole('support')?.permissions ?? [])].sort())
  assert.deepEqual([me.tenant.slug, me.tenant.root], ['default', true])
})

test('tells somebody without a role that they may do nothing, and follows a role that is taken', async () => {
  assert.deepEqual((await meOf(await administrator(provider))).permissions, [])
  const auditor = await administrator(provider, 'auditor')
  assert.ok((await meOf(auditor)).permissions.includes('events:read'))
  await provider.sql.text(`delete from role_assignments where user_id = $1`, [auditor.userId])
  assert.deepEqual((await meOf(auditor)).permissions, [])
})

test('speaks of a personal access token as far as it goes', async () => {
  const owner = await administrator(provider, 'owner')
  const made = await owner.post('tokens', { name: 'reader', permissions: ['users:read'] })
  assert.equal(made.status, 201, made.text)
  const me = await meOf(adminApi(provider.url, (made.json as { token: string }).token))
  assert.deepEqual([me.kind, me.permissions, me.user?.id], ['token', ['users:read'], owner.userId])
})

test('refuses a token of the account, of another kind, and none', async () => {
  const { pair } = await accountApi(provider.url).join()
  for (const token of [pair.access_token, 'cip_pat_nothing', '']) assert.equal((await adminApi(provider.url, token).get('me')).status, 401)
})
