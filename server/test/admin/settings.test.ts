import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { record } from '../../src/events/events.job.ts'
import { changeSetting } from '../../src/settings/settings.job.ts'
import { administrator, isProblem } from '../harness/admin.ts'
import { openBrowser } from '../harness/browser.ts'
import { bearer, request } from '../harness/http.ts'
import { authorizeUrl } from '../harness/oauth.ts'
import { operatorClient, startProvider } from '../harness/provider.ts'

const provider = await startProvider()
const { url, sql, platform } = provider
const { db, tenantId } = platform.base
const owner = await administrator(provider, 'owner')
const admin = await administrator(provider, 'administrator')
const auditor = await administrator(provider, 'auditor')
const developer = await administrator(provider, 'developer')

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const otherPng = Buffer.concat([png, Buffer.from('x')])
const names = ['sign-in', 'branding', 'attributes', 'claims', 'registration'] as const

type Value = Record<string, unknown>
type Version = { version: number; via: string; actor: string | null; value: Value }
const tagOf = async (name: string) => ({ 'if-match': String((await owner.get(`settings/${name}`)).headers['etag']) })
const put = async (name: string, body: unknown, tag?: { 'if-match': string }) =>
  admin.call('PUT', `settings/${name}`, { body, headers: tag ?? (await tagOf(name)) })
const settingOf = async (name: string): Promise<Value> => (await auditor.get(`settings/${name}`)).json as Value
const historyOf = async (name: string): Promise<Version[]> =>
  ((await auditor.get(`settings/${name}/history`)).json as { versions: Version[] }).versions
const revert = (name: string, version: number | string, headers: Record<string, string>) =>
  admin.post(`settings/${name}/revert/${version}`, undefined, headers)
const upload = async (bytes: Buffer, type = 'image/png') =>
  request(`${url}/admin/v1/settings/branding/logo`, {
    method: 'PUT',
    headers: { ...bearer(admin.token), ...(await tagOf('branding')), 'content-type': type },
    body: bytes,
  })

const samples: Readonly<Record<(typeof names)[number], Value>> = {
  'sign-in': { second_factor: 'administrators', methods: { 'sms-code': false } },
  branding: { name: 'Acme', accent: '#1f4fd8', radius: 'small', privacy_url: 'https://acme.example/privacy' },
  attributes: { type: 'object', properties: { department: { type: 'string', maxLength: 40 } } },
  claims: { claims: [{ claim: 'department', attribute: 'department', scope: 'profile' }] },
  registration: { mode: 'token', allow_implicit: false },
}

for (const name of names)
  describe(`the setting ${name}`, () => {
    test('is whole before anything was decided, and replaced on what was read alone', async () => {
      const first = await auditor.get(`settings/${name}`)
      assert.deepEqual([first.status, first.headers['etag']], [200, '"0"'], first.text)
      isProblem(await admin.call('PUT', `settings/${name}`, { body: samples[name] }), 428, 'precondition-required')
      const saved = await put(name, samples[name])
      assert.deepEqual([saved.status, saved.headers['etag']], [200, '"1"'], saved.text)
      assert.deepEqual(await settingOf(name), saved.json)
    })

    test('S-08: is not replaced over what somebody else decided meanwhile', async () => {
      const tag = await tagOf(name)
      assert.equal((await put(name, samples[name], tag)).status, 200)
      isProblem(await put(name, samples[name], tag), 412, 'changed-meanwhile')
      isProblem(await put(name, samples[name], { 'if-match': 'W/"2"' }), 412, 'changed-meanwhile')
      const tags = await tagOf(name)
      const outcomes = await Promise.all([1, 2, 3].map(() => put(name, samples[name], tags)))
      assert.deepEqual(outcomes.map(({ status }) => status).sort(), [200, 412, 412])
    })

    test('goes out and comes back as the same', async () => {
      const before = await settingOf(name)
      assert.deepEqual((await put(name, before)).json, before)
    })

    test('keeps who decided what, and goes back to it', async () => {
      const before = await historyOf(name)
      assert.ok(before.every(({ via, actor }) => via === 'admin' && actor === `user ${admin.userId}`))
      assert.deepEqual(
        before.map(({ version }) => version),
        before.map((_, index) => before.length - index),
      )
      const empty = { claims: { claims: [] }, attributes: { type: 'object', properties: {} } }[name as string] ?? {}
      assert.equal((await put(name, empty)).status, 200)
      const tag = await tagOf(name)
      isProblem(await admin.post(`settings/${name}/revert/1`), 428, 'precondition-required')
      const back = await revert(name, 1, tag)
      assert.equal(back.status, 200, back.text)
      assert.deepEqual(await settingOf(name), before.at(-1)?.value)
      assert.equal((await historyOf(name)).length, before.length + 2)
      isProblem(await revert(name, 1, tag), 412, 'changed-meanwhile')
      for (const version of ['0', '-1', '999', 'x', '1e3', '99999999999999999999', '%00'])
        isProblem(await revert(name, version, await tagOf(name)), 404, 'not-found')
    })

    test('is changed by whoever may alone, and each change has its event', async () => {
      isProblem(await developer.call('PUT', `settings/${name}`, { body: {}, headers: { 'if-match': '*' } }), 403, 'missing-permission')
      isProblem(await auditor.post(`settings/${name}/revert/1`), 403, 'missing-permission')
      const versions = (await historyOf(name)).length
      const [row] = await sql.text<{ events: number; actors: number }>(
        `select count(*) as events, count(distinct actor) as actors from events
         where type = 'setting.saved' and payload ->> 'via' = 'admin' and payload ->> 'key' = $1`,
        [{ attributes: 'attribute-schema', registration: 'client-registration' }[name as string] ?? name],
      )
      assert.deepEqual(row, { events: versions, actors: 1 })
    })

    test('S-04, W-01: is refused with what nobody knows, and with what cannot be kept', async () => {
      if (name !== 'attributes')
        for (const extra of ['tenant_id', 'version', 'constructor', 'signUp'])
          isProblem(await put(name, { [extra]: 'x' }), 422, 'invalid-request')
      for (const body of [[], 'x', 1, null]) isProblem(await put(name, body), 422, 'invalid-request')
      const before = (await historyOf(name)).length
      if (name === 'attributes') isProblem(await put(name, { title: '\u0000' }), 422, 'invalid-setting')
      assert.equal((await historyOf(name)).length, before)
    })
  })

test('a policy by which nobody could sign in is refused', async () => {
  isProblem(await put('sign-in', { methods: { password: false, passkey: false, 'email-code': false } }), 422, 'invalid-setting')
  for (const bad of [
    { second_factor: 'never' },
    { reauthentication_seconds: 0 },
    { trusted_device_seconds: -1 },
    { methods: { magic: true } },
  ])
    isProblem(await put('sign-in', bad), 422, 'invalid-request')
})

test('an attribute schema that is none, and claims of the protocol, are refused', async () => {
  for (const schema of [{ type: 'nothing' }, { $schema: 'https://example.com/mine' }, { properties: 1 }])
    isProblem(await put('attributes', schema), 422, 'invalid-setting')
  const mapping = { claim: 'team', attribute: 'team', scope: 'profile' }
  for (const wrong of [
    { claim: 'sub' },
    { claim: 'email' },
    { claim: '' },
    { claim: 'constructor' },
    { attribute: '__proto__' },
    { scope: 'two words' },
  ])
    isProblem(await put('claims', { claims: [{ ...mapping, ...wrong }] }), 422, 'invalid-setting')
  isProblem(await put('claims', { claims: [mapping, mapping] }), 422, 'invalid-setting')
})

test('who may register is asked from the next registration on', async () => {
  const register = () =>
    request(`${url}/oauth2/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ redirect_uris: ['https://app.example.test/callback'] }),
    })
  assert.equal((await put('registration', { mode: 'off' })).status, 200)
  assert.notEqual((await register()).status, 201)
  assert.equal((await put('registration', { mode: 'open' })).status, 200)
  assert.equal((await register()).status, 201)
  const rows = await sql.text<{ mode: string; actor: string }>(
    `select payload ->> 'mode' as mode, actor from events where type = 'registration.changed' order by at desc, id desc limit 2`,
  )
  assert.deepEqual(rows, [
    { mode: 'open', actor: `user ${admin.userId}` },
    { mode: 'off', actor: `user ${admin.userId}` },
  ])
})

describe('the look of the pages', () => {
  test('is refused where it could not be read, or where its style would hide something', async () => {
    for (const bad of [
      { accent: '#ffffff00' },
      { accent: 'red; }' },
      { radius: 'small', background: 'url(x)' },
      { terms_url: 'javascript:alert(1)' },
      { custom_css: '.card { display: none }' },
      { custom_css: '@import "https://x.example/"' },
    ])
      isProblem(await put('branding', bad), 422, 'invalid-setting')
  })

  test('shows an uploaded logo at once, keeps it through other changes, and takes no other one by its name', async () => {
    const saved = await upload(png)
    assert.equal(saved.status, 200, saved.text)
    const { logo } = saved.json as { logo: { hash: string; media_type: string } }
    assert.equal(logo.media_type, 'image/png')
    const page = await openBrowser(url).follow(authorizeUrl(url, await operatorClient(provider)))
    assert.ok(page.text.includes(logo.hash), page.text.slice(0, 2000))
    assert.equal((await put('branding', { name: 'Acme', logo })).status, 200)
    assert.deepEqual((await settingOf('branding'))['logo'], logo)
    isProblem(await put('branding', { logo: { ...logo, hash: 'abc' } }), 422, 'invalid-setting')
    assert.equal((await put('branding', { name: 'Acme' })).status, 200)
    assert.equal((await settingOf('branding'))['logo'], undefined)
  })

  test('goes back to a former logo with its picture', async () => {
    const first = (await upload(png)).json as { logo: { hash: string } }
    const [{ version } = { version: 0 }] = await historyOf('branding')
    const second = (await upload(otherPng)).json as { logo: { hash: string } }
    assert.notEqual(first.logo.hash, second.logo.hash)
    const back = await revert('branding', version, await tagOf('branding'))
    assert.equal(back.status, 200, back.text)
    const [row] = await sql.text<{ hash: string }>(`select value ->> 'hash' as hash from tenant_settings where key = 'branding.logo'`)
    assert.deepEqual([(back.json as typeof first).logo.hash, row?.hash], [first.logo.hash, first.logo.hash])
  })

  test('takes no document that holds script, nothing that is no picture, and no file without end', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    isProblem(await upload(svg), 422, 'invalid-setting')
    isProblem(await upload(svg, 'image/svg+xml'), 415, 'unsupported-media-type')
    isProblem(await upload(Buffer.from('{}'), 'application/json'), 415, 'unsupported-media-type')
    assert.equal((await upload(Buffer.concat([png, Buffer.alloc(65_536)]))).status, 413)
  })
})

test('what the command line decides is among the versions too', async () => {
  await changeSetting<object>({ db, tenantId, record }, { key: 'sign-in', change: (before = {}) => ({ ...before, signUp: 'invitation' }) })
  const [newest] = await historyOf('sign-in')
  assert.deepEqual([newest?.via, newest?.actor, newest?.value['sign_up']], ['cli', null, 'invitation'])
})

test('a value from before versions were kept is kept at the first change after it', async () => {
  await sql.text(`delete from setting_versions where key = 'claims'`)
  assert.equal((await put('claims', { claims: [] })).status, 200)
  assert.deepEqual(
    (await historyOf('claims')).map(({ via }) => via),
    ['admin', 'unknown'],
  )
})

test('the last hundred versions of a setting are kept', async () => {
  for (let index = 0; index < 105; index += 1)
    await changeSetting<unknown>({ db, tenantId, record }, { key: 'counted', change: () => ({ index }) })
  const [row] = await sql.text<{ kept: number; oldest: number }>(
    `select count(*) as kept, min(version) as oldest from setting_versions where key = 'counted'`,
  )
  assert.deepEqual(row, { kept: 100, oldest: 6 })
})
