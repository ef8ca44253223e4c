import assert from 'node:assert/strict'
import { test } from 'node:test'
import { administrator, isProblem } from '../harness/admin.ts'
import { newPerson, tokensFor } from '../harness/oauth.ts'
import { operatorClient, startProvider } from '../harness/provider.ts'

const provider = await startProvider()
const { url } = provider
const owner = await administrator(provider, 'owner')
const developer = await administrator(provider, 'developer')

test('an application shows who has let it in, page by page, as long as that lives, and nobody of another application', async () => {
  const [client, other] = [await operatorClient(provider), await operatorClient(provider)]
  type Grants = { grants: { id: string; user_id: string; username: string; scopes: string[] }[]; next: string | null }
  const read = async (query = '') => (await owner.get(`clients/${client.id}/grants${query}`)).json as Grants
  assert.deepEqual(await read(), { grants: [], next: null })
  const people = [await newPerson(url), await newPerson(url), await newPerson(url)]
  for (const person of people) await tokensFor(url, client, { person })
  await tokensFor(url, other, { person: await newPerson(url) })
  const names: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const page: Grants = await read(`?limit=2${next === '' ? '' : `&cursor=${next}`}`)
    names.push(...page.grants.map(({ username }) => username))
    next = page.next
  }
  assert.deepEqual(names, people.map(({ account }) => account.username).reverse())
  const { grants } = await read()
  assert.ok(grants[0]?.scopes.includes('openid'))
  assert.equal((await owner.remove(`users/${grants[0]?.user_id}/grants/${client.id}`)).status, 204)
  assert.equal((await read()).grants.length, 2)
  const { next: foreign } = await read('?limit=1')
  isProblem(await owner.get(`clients/${other.id}/grants?cursor=${foreign}`), 422, 'invalid-request')
  isProblem(await owner.get('clients/nobody/grants'), 404, 'not-found')
  isProblem(await developer.get(`clients/${client.id}/grants`), 403, 'missing-permission')
})
