import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { builtInRoles } from '../../src/access/roles.ts'
import type { AnyRoute } from '../../src/http/route.ts'
import { newId } from '../../src/platform/ids.ts'
import { accountApi } from '../harness/account-api.ts'
import { adminApi, administrator } from '../harness/admin.ts'
import { startProvider } from '../harness/provider.ts'

const provider = await startProvider()
const { url, platform } = provider
const routes = platform.routes.filter(({ auth }) => auth.kind === 'permission')

const neededBy = ({ auth }: AnyRoute): string => (auth.kind === 'permission' ? auth.permission : '')
const pathOf = ({ path }: AnyRoute, id: string): string => path.replace('/admin/v1/', '').replace(/:[A-Za-z]+/g, id)

// Whoever asks, with what they hold: nobody, people of every built-in role, one with none, and a token that allows nothing of it.
const { pair } = await accountApi(url).join()
const people = await Promise.all(
  builtInRoles.map(async ({ id, permissions }) => ({
    name: id,
    api: await administrator(provider, id),
    holds: new Set<string>(permissions),
  })),
)
const asking = [
  { name: 'nobody', api: adminApi(url, ''), holds: undefined },
  { name: 'a person with a token of the account', api: adminApi(url, pair.access_token), holds: undefined },
  { name: 'a person without a role', api: await administrator(provider), holds: new Set<string>() },
  ...people,
]

let cells = 0
let refusals = 0

describe('S-01: every route of the admin API', () => {
  after(() => process.stdout.write(`# ${cells} cells of route and asker, ${refusals} of them refusals\n`))

  for (const route of routes)
    test(`${route.method} ${route.path} is for ${neededBy(route)} alone`, async () => {
      for (const { name, api, holds } of asking) {
        const body = route.request?.body === undefined ? undefined : {}
        const answer = await api.call(route.method, pathOf(route, newId()), { body })
        cells += 1
        if (holds?.has(neededBy(route))) {
          assert.ok(answer.status !== 401 && answer.status !== 403, `${name}: ${answer.status} ${answer.text}`)
          continue
        }
        refusals += 1
        assert.equal(answer.status, holds === undefined ? 401 : 403, `${name}: ${answer.text}`)
        if (holds !== undefined) assert.equal((answer.json as { code: string }).code, 'missing-permission', name)
      }
    })

  test('is there: the list is not empty, and each permission of a route belongs to a role', () => {
    assert.ok(routes.length > 20)
    const held = new Set<string>(builtInRoles.flatMap(({ permissions }) => permissions))
    for (const route of routes) assert.ok(held.has(neededBy(route)), route.path)
  })
})

describe('T-01: every route of the admin API of one tenant', () => {
  test('refuses an administrator of another', async () => {
    // An account of the tenant at the root means nothing below the path of another, which signs with keys of its own.
    const owner = people.find(({ name }) => name === 'owner')
    assert.ok(owner)
    for (const route of routes) {
      const answer = await adminApi(`${url}/t/other`, owner.api.token).call(route.method, pathOf(route, newId()))
      assert.ok([401, 404].includes(answer.status), `${route.method} ${route.path} ${answer.status}`)
    }
  })
})
