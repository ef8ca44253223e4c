import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { cipJson } from '../cli/cip.ts'
import { bearer, request } from '../harness/http.ts'
import { isRefusal, newOwner, type Owner, ownAccount } from '../harness/own-account.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const root = own.url
const acme = `${root}/t/acme`

let ann: Owner
let eve: Owner

before(async () => {
  await cipJson(['tenants', 'create', 'acme'], { env: own.env })
  ann = await newOwner(root)
  eve = await newOwner(acme)
})

describe('the account of one tenant in another', () => {
  test('T-01 a token of one tenant is none in another, on every route', async () => {
    const routes = own.platform.routes.filter(({ auth, path }) => auth.kind === 'signed-in' && path.startsWith('/account/'))
    assert.ok(routes.length >= 33)
    for (const { method, path } of routes) {
      const at = path.replace(':id', ann.sessionId).replace(':clientId', 'x')
      for (const [place, token] of [
        [acme, ann.token],
        [root, eve.token],
      ] as const)
        assert.equal((await request(`${place}${at}`, { method, headers: bearer(token) })).status, 401, `${method} ${place}${at}`)
    }
  })

  test('T-01 ids of another tenant are not found', async () => {
    for (const id of [ann.sessionId, ann.userId]) {
      isRefusal(await eve.remove(`sessions/${id}`), 404)
      isRefusal(await eve.remove(`passkeys/${id}`), 404)
      isRefusal(await eve.patch(`passkeys/${id}`, { name: 'Mine' }), 404)
      isRefusal(await eve.remove(`applications/${id}`), 404)
    }
    assert.equal((await ann.get('me')).status, 200)
  })

  test('T-01 neither a cursor nor a picture of one tenant is anything in another', async () => {
    await ann.put('language', { language: 'de' })
    const { next } = (await ann.get('activity?limit=1')).json as { next: string }
    isRefusal(await eve.get(`activity?before=${encodeURIComponent(next)}`), 422)
    await own.sql.text(
      `insert into avatars (tenant_id, user_id, media_type, bytes, hash) select tenant_id, id, 'image/png', '\\x00', repeat('A', 43) from users where id = $1`,
      [ann.userId],
    )
    const path = `/account/v1/avatar/${ann.userId}/${'A'.repeat(43)}`
    assert.deepEqual([(await request(root + path)).status, (await request(acme + path)).status], [200, 404])
  })

  test('T-03 the address of one tenant is free in another, and stays with its owner', async () => {
    const asked = await eve.post('email', { email: ann.account.email })
    assert.equal(asked.status, 202)
    assert.equal((await ann.me()).email, ann.account.email)
  })

  test('addresses that an answer names are those of the tenant', async () => {
    const answer = await request(`${acme}/.well-known/change-password`)
    assert.equal(answer.headers.location, `${acme}/account/password`)
    assert.equal((await ownAccount(acme, eve.token).me()).id, eve.userId)
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))
