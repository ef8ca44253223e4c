import { describe, test } from 'node:test'
import { accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { costsOf } from '../harness/cost.ts'
import { startTestDatabase } from '../harness/database.ts'
import { request } from '../harness/http.ts'
import { startTestPlatform } from '../harness/platform.ts'

const own = await startTestPlatform(await (await startTestDatabase()).create())
const { db } = own.platform.base
const api = accountApi(own.url)

const costs = costsOf(db)

const { account, pair } = await api.join()
await api.me(pair.access_token)

describe('statements and explicit transactions of', () => {
  test('GET /auth/me with the session in memory: none', async () => {
    await costs(0, () => api.me(pair.access_token))
  })

  test('GET /auth/me with a session that is not: 1', async () => {
    await costs(
      1,
      (access: string) => api.me(access),
      async () => pairOf(await api.token(account)).access_token,
    )
  })

  test('POST /auth/token/refresh: 1', async () => {
    let { refresh_token } = pair
    await costs(1, async () => {
      refresh_token = pairOf(await api.refresh(refresh_token)).refresh_token
    })
  })

  test('POST /auth/token: 2, one before the hash and one after it', async () => {
    await costs(2, () => api.token(account))
  })

  test('POST /auth/token that is refused: 2', async () => {
    await costs(2, () => api.token({ ...newAccount(), password: 'wrong-one' }))
  })

  test('POST /auth/register: 2', async () => {
    await costs(2, () => api.register(newAccount()))
  })

  test('POST /auth/register of a name that is taken: 1, and no hash', async () => {
    await costs(1, () => api.register(account))
  })

  test('POST /auth/token/revoke of a token that is none: none', async () => {
    await costs(0, () => api.revoke('cip_rt_none'))
  })

  test('POST /auth/logout: 1', async () => {
    const signedIn = async (): Promise<string> => {
      const { access_token } = pairOf(await api.token(account))
      await api.me(access_token)
      return access_token
    }
    await costs(1, (access: string) => api.logout(access), signedIn)
  })

  for (const path of ['/.well-known/jwks.json', '/openapi.json', '/docs', '/healthz'])
    test(`GET ${path}: none`, async () => {
      await costs(0, () => request(`${own.url}${path}`))
    })

  test('requests that are refused at the door: none', async () => {
    const refusals = [
      () => api.me('wrong'),
      () => api.refresh('cip_rt_none'),
      () => api.register({ ...newAccount(), password: 'short' }),
      () => request(`${own.url}/auth/token`, { method: 'POST' }),
    ]
    for (const refused of refusals) await costs(0, refused)
  })
})
