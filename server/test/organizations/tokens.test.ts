import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newId } from '../../src/platform/ids.ts'
import { administrator } from '../harness/admin.ts'
import { openBrowser } from '../harness/browser.ts'
import { bearer, request } from '../harness/http.ts'
import { authorizeUrl, claimsOf, type Fields, parametersOf, passPages, postAs, registerClient, tokensFor } from '../harness/oauth.ts'
import { askSilently, errorOf, failuresIn, isRefused, operatorClient, startProvider } from '../harness/provider.ts'
import { newMember, newOrganization, type Organization } from './organizations-of.ts'

const own = await startProvider()
const { url } = own
const admin = await administrator(own, 'owner')
const client = await operatorClient(own)

const scope = 'openid organization offline_access'
const newPerson = async () => ({ ...(await newMember(own)), browser: openBrowser(url) })
const [ann, boss] = [await newPerson(), await newPerson()]
const acme = await newOrganization(admin, { owner: boss, administrator: ann })
const foreign = await newOrganization(admin, { owner: boss })

const tokens = (person: typeof ann, organization: string, more: Fields = {}) =>
  tokensFor(url, client, { person, parameters: { scope, organization, ...more } })
const ask = async (person: typeof ann, parameters: Fields) =>
  parametersOf(
    await passPages(person.browser, await person.browser.follow(authorizeUrl(url, client, { scope, ...parameters })), person.account),
  )
const isActive = async (token: string): Promise<boolean> =>
  ((await postAs(`${url}/oauth2/introspect`, client, { token })).json as { active: boolean }).active
const userinfo = async (token: string): Promise<number> => (await request(`${url}/oauth2/userinfo`, { headers: bearer(token) })).status
const refresh = (token: string | undefined) => {
  assert.ok(token)
  return postAs(`${url}/oauth2/token`, client, { grant_type: 'refresh_token', refresh_token: token })
}
const shown = ({ id, slug, name }: Organization) => ({ id, slug, name })

/** A member of an organization of their own, who has tokens for it. */
const newcomer = async () => {
  const person = await newPerson()
  const organization = await newOrganization(admin, { owner: boss, member: person })
  const got = await tokens(person, organization.slug)
  assert.deepEqual([await isActive(got.access_token), await userinfo(got.access_token)], [true, 200])
  return { person, organization, got }
}

describe('a token for an organization', () => {
  test('says which it is, by id and by slug, and the roles there, as the ID token and introspection do', async () => {
    for (const named of [acme.slug, acme.id]) {
      const got = await tokens(ann, named)
      for (const token of [got.access_token, got.id_token]) {
        const { organization, organization_roles: roles } = claimsOf(token)
        assert.deepEqual([organization, roles], [shown(acme), ['administrator']])
      }
      assert.equal(got.scope, `openid organization:${acme.id} offline_access`)
      const told = (await postAs(`${url}/oauth2/introspect`, client, { token: got.access_token })).json as Record<string, unknown>
      assert.deepEqual([told['active'], told['organization'], told['organization_roles']], [true, shown(acme), ['administrator']])
    }
  })

  test('is not made where none is asked for', async () => {
    const got = await tokensFor(url, client, { person: ann, parameters: { scope: 'openid', organization: acme.slug } })
    for (const token of [got.access_token, got.id_token]) assert.equal(claimsOf(token)['organization'], undefined)
  })

  test('tells the roles of this moment when it is refreshed', async () => {
    const { person, organization, got } = await newcomer()
    await admin.put(`organizations/${organization.id}/members/${person.userId}/roles`, { roles: ['administrator', 'member'] })
    const again = (await refresh(got.refresh_token)).json as { access_token: string; id_token: string }
    for (const token of [again.access_token, again.id_token])
      assert.deepEqual(claimsOf(token)['organization_roles'], ['administrator', 'member'])
  })

  test('ends at once with the membership: introspection, user info and refresh', async () => {
    const { person, organization, got } = await newcomer()
    assert.equal(await isActive(got.refresh_token), true)
    assert.equal((await admin.remove(`organizations/${organization.id}/members/${person.userId}`)).status, 204)
    assert.deepEqual([await isActive(got.access_token), await userinfo(got.access_token)], [false, 401])
    assert.equal(await isActive(got.refresh_token), false)
    isRefused(await refresh(got.refresh_token), 400, 'invalid_grant')
  })

  test('ends at once where the organization is suspended or deleted', async () => {
    for (const end of [
      ({ id }: Organization) => admin.post(`organizations/${id}/suspend`),
      ({ id }: Organization) => admin.remove(`organizations/${id}`),
    ]) {
      const { organization, got } = await newcomer()
      await end(organization)
      assert.deepEqual([await isActive(got.access_token), await userinfo(got.access_token)], [false, 401])
      isRefused(await refresh(got.refresh_token), 400, 'invalid_grant')
    }
  })

  test('is not widened to another organization by a refresh', async () => {
    const { got } = await newcomer()
    const widened = { grant_type: 'refresh_token', refresh_token: got.refresh_token, scope: `openid organization:${acme.id}` }
    isRefused(await postAs(`${url}/oauth2/token`, client, widened), 400, 'invalid_scope')
  })

  test('is not redeemed once the membership has ended between the code and its redemption', async () => {
    const person = await newPerson()
    const organization = await newOrganization(admin, { owner: boss, member: person })
    const { code = '' } = await ask(person, { organization: organization.id })
    await admin.remove(`organizations/${organization.id}/members/${person.userId}`)
    const redeemed = { grant_type: 'authorization_code', code, redirect_uri: client.redirectUri }
    isRefused(await postAs(`${url}/oauth2/token`, client, redeemed), 400, 'invalid_grant')
  })
})

describe('A-11 a request for an organization', () => {
  test('that the person is no member of, that is not there, or is no name at all, is refused alike', async () => {
    const answers = []
    for (const organization of [foreign.slug, foreign.id, 'no-such-organization', newId(), "'--", 'A B', '%']) {
      const { error, error_description: about, code } = await ask(ann, { organization })
      assert.deepEqual([error, code], ['access_denied', undefined], organization)
      answers.push(about)
    }
    assert.equal(new Set(answers).size, 1)
    const { error } = await askSilently(url, client, { person: ann, parameters: { scope, organization: foreign.id } })
    assert.equal(error, 'access_denied')
  })

  test('is told nothing of organizations before somebody is signed in', async () => {
    for (const organization of [acme.slug, 'no-such-organization']) {
      const page = await openBrowser(url).follow(authorizeUrl(url, client, { scope, organization }))
      assert.equal(page.name, 'sign-in', organization)
    }
  })

  test('whose member the person was, or that is suspended, is refused', async () => {
    const person = await newPerson()
    const [left, suspended] = [
      await newOrganization(admin, { owner: boss, member: person }),
      await newOrganization(admin, { owner: person }),
    ]
    await admin.remove(`organizations/${left.id}/members/${person.userId}`)
    await admin.post(`organizations/${suspended.id}/suspend`)
    for (const organization of [left.id, suspended.slug]) assert.equal((await ask(person, { organization }))['error'], 'access_denied')
  })

  test('that names none, or one that is too long, is malformed', async () => {
    for (const parameters of [{}, { organization: '' }, { organization: 'a'.repeat(65) }])
      assert.equal((await ask(ann, parameters))['error'], 'invalid_request')
  })

  test('that writes the organization into the scope itself gets nothing by it', async () => {
    const { code = '', error } = await ask(ann, { scope: `openid organization:${foreign.id}` })
    assert.equal(error, undefined)
    const redeemed = { grant_type: 'authorization_code', code, redirect_uri: client.redirectUri }
    const got = (await postAs(`${url}/oauth2/token`, client, redeemed)).json as { access_token: string; scope: string }
    assert.deepEqual([got.scope, claimsOf(got.access_token)['organization']], ['openid', undefined])
  })

  test('is refused to a client whose scope does not hold it, to a device, and to a client that acts for itself', async () => {
    const narrow = await operatorClient(own, { metadata: { scope: 'openid profile' } })
    const page = await ann.browser.follow(authorizeUrl(url, narrow, { scope, organization: acme.slug }))
    assert.equal(parametersOf(page)['error'], 'invalid_scope')
    const device = 'urn:ietf:params:oauth:grant-type:device_code'
    const machine = await operatorClient(own, { metadata: { grant_types: ['client_credentials', device], redirect_uris: [] } })
    const asked = { scope: 'organization', organization: acme.slug }
    assert.equal(errorOf(await postAs(`${url}/oauth2/device`, machine, asked)), 'invalid_scope')
    isRefused(await postAs(`${url}/oauth2/token`, machine, { grant_type: 'client_credentials', ...asked }), 400, 'invalid_scope')
  })

  test('of an application that nobody vouched for is allowed by the person, for each organization', async () => {
    const other = await newOrganization(admin, { owner: boss, member: ann })
    const guest = await registerClient(url)
    const parametersFor = (organization: string) => ({ scope: 'openid organization', organization })
    await tokensFor(url, guest, { person: ann, parameters: parametersFor(acme.id) })
    const silently = (organization: string) => askSilently(url, guest, { person: ann, parameters: parametersFor(organization) })
    assert.ok((await silently(acme.slug))['code'])
    assert.equal((await silently(other.id))['error'], 'consent_required')
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))
