import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { administrator, isProblem } from '../harness/admin.ts'
import { openBrowser, type Page } from '../harness/browser.ts'
import { bearer, request } from '../harness/http.ts'
import { authorizeUrl } from '../harness/oauth.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'
import { callAs, type Invitation, newMember, newOrganization, type Organization } from './organizations-of.ts'

const own = await startProvider()
const { url, sql } = own
const admin = await administrator(own, 'owner')
const client = await operatorClient(own, { isFirstParty: false })
const boss = await newMember(own)

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const nothing = { display_name: null, accent: null, background: null, logo: null }
type Look = { display_name: string | null; accent: string | null; logo: { hash: string; url: string } | null; version: number }

const pathOf = ({ id }: Organization) => `/organizations/v1/${id}/branding`
const put = async (organization: Organization, body: object): Promise<Look> => {
  const answer = await callAs(url, boss.token, 'PUT', pathOf(organization), { ...nothing, ...body })
  assert.equal(answer.status, 200, answer.text)
  await new Promise((resolve) => setTimeout(resolve, 1300))
  return answer.json as Look
}
const upload = (organization: Organization, bytes: Uint8Array, type = 'image/png') =>
  request(`${url}${pathOf(organization)}/logo`, {
    method: 'PUT',
    headers: { ...bearer(boss.token), 'content-type': type },
    body: Buffer.from(bytes),
  })
const pageFor = (organization: string, scope = 'openid organization'): Promise<Page> =>
  openBrowser(url).follow(authorizeUrl(url, client, { scope, organization }))
const sheetOf = ({ text }: Page): string => /href="(\/branding\/organization\/[^"]+\.css)"/.exec(text)?.[1] ?? ''

describe('the look of an organization', () => {
  test('is read and replaced from both sides, with its event, and by nobody who saw another version', async () => {
    const organization = await newOrganization(admin, { owner: boss })
    assert.deepEqual((await callAs(url, boss.token, 'GET', pathOf(organization))).json, { ...nothing, version: 0 })
    const look = { display_name: 'Acme', accent: '#1f4fd8', background: { light: '#f2f4f8', dark: '#10141a' } }
    assert.deepEqual(await put(organization, look), { ...nothing, ...look, version: 1 })
    assert.deepEqual((await admin.get(`organizations/${organization.id}/branding`)).json, { ...nothing, ...look, version: 1 })
    const stale = await admin.call('PUT', `organizations/${organization.id}/branding`, { body: nothing, headers: { 'if-match': '"0"' } })
    isProblem(stale, 412, 'changed-meanwhile')
    const events = await sql.text<{ actor: string; parts: string[] }>(
      `select actor, payload -> 'parts' as parts from events where type = 'organization.branding_changed' and payload ->> 'organization' = $1`,
      [organization.id],
    )
    assert.deepEqual(events, [{ actor: `user ${boss.userId}`, parts: ['accent', 'background', 'name'] }])
  })

  test('is refused where it cannot be read, each problem at its member; there is no CSS of organizations', async () => {
    const organization = await newOrganization(admin, { owner: boss })
    const refused = async (body: object): Promise<string[]> => {
      const answer = await callAs(url, boss.token, 'PUT', pathOf(organization), { ...nothing, ...body })
      isProblem(answer, 422, 'invalid-request')
      const { errors } = answer.json as { errors?: { loc: string[] }[] }
      return errors?.map(({ loc }) => loc.at(-1) ?? '') ?? [answer.text]
    }
    assert.match(String(await refused({ accent: '#ffffff' })), /accent/)
    assert.match(String(await refused({ accent: 'red', background: 'url(x)', display_name: '\u202e' })), /display_name.*accent.*background/)
    assert.match(String(await refused({ custom_css: '.card{}' })), /custom_css/)
    assert.match(String(await refused({ logo: { hash: 'x', media_type: 'image/png' } })), /logo/)
  })

  test('is on the pages of a request for it, over that of the tenant, and on no other', async () => {
    const organization = await newOrganization(admin, { owner: boss })
    await put(organization, { display_name: 'Acme & Söhne', accent: '#9b2c5e' })
    for (const named of [organization.slug, organization.id]) {
      const page = await pageFor(named)
      assert.equal(page.name, 'sign-in')
      assert.ok(page.text.includes('Acme &amp; Söhne'), page.text.slice(0, 600))
      const sheet = await request(`${url}${sheetOf(page)}`)
      assert.deepEqual([sheet.status, sheet.text.includes('#9b2c5e')], [200, true], sheetOf(page))
    }
    for (const other of [await pageFor(organization.id, 'openid'), await pageFor('no-such-organization')]) {
      assert.doesNotMatch(other.text, /Söhne/)
      assert.equal(sheetOf(other), '')
    }
    await admin.post(`organizations/${organization.id}/suspend`)
    await new Promise((resolve) => setTimeout(resolve, 1300))
    assert.doesNotMatch((await pageFor(organization.id)).text, /Söhne/)
  })

  test('is on the page where somebody allows an application, and on that of an invitation', async () => {
    const person = await newMember(own)
    const organization = await newOrganization(admin, { owner: boss, member: person })
    await put(organization, { display_name: 'Globex Europe' })
    const browser = openBrowser(url)
    const asked = await browser.follow(authorizeUrl(url, client, { scope: 'openid organization', organization: organization.slug }))
    const consent = await browser.submit(asked, { ...person.account, action: 'sign-in' })
    assert.deepEqual([consent.name, consent.text.includes('Globex Europe')], ['consent', true])
    const invited = await admin.post(`organizations/${organization.id}/invitations`, {
      email: `new-${process.pid}@example.com`,
      with_link: true,
    })
    const { link } = invited.json as Invitation
    assert.ok((await openBrowser(url).follow(link ?? '')).text.includes('Globex Europe'))
  })

  test('has a logo that was looked at by its bytes, is served by its hash alone, and goes with null', async () => {
    const organization = await newOrganization(admin, { owner: boss })
    isProblem(await upload(organization, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')), 422, 'invalid-request')
    isProblem(await upload(organization, Buffer.concat([png, Buffer.alloc(65_537)])), 413, 'body-too-large')
    const uploaded = await upload(organization, png)
    assert.equal(uploaded.status, 200, uploaded.text)
    const { logo } = uploaded.json as Look
    assert.ok(logo)
    const picture = await request(url + logo.url)
    assert.deepEqual([picture.status, picture.headers['content-type']], [200, 'image/png'])
    assert.match(String(picture.headers['content-security-policy']), /sandbox/)
    await put(organization, { logo })
    assert.ok((await pageFor(organization.id)).text.includes(logo.url))
    const foreign = await newOrganization(admin, { owner: boss })
    assert.equal((await request(`${url}/branding/organization/${foreign.id}/logo/${logo.hash}`)).status, 404)
    await put(organization, { logo: null })
    assert.equal((await request(url + logo.url)).status, 404)
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))
