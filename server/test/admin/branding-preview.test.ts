import assert from 'node:assert/strict'
import { test } from 'node:test'
import { administrator, isProblem } from '../harness/admin.ts'
import { openBrowser } from '../harness/browser.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'

const provider = await startProvider()
const { url } = provider
const admin = await administrator(provider, 'administrator')
const auditor = await administrator(provider, 'auditor')

const path = 'settings/branding/preview'
const pageOf = (query: Record<string, string>) => openBrowser(url).follow(`${url}/interaction/preview?${new URLSearchParams(query)}`)
const draftOf = async (body: unknown): Promise<string> => {
  const answer = await admin.post(path, body)
  assert.equal(answer.status, 200, answer.text)
  return (answer.json as { draft: string }).draft
}

test('a look is seen on any page before it is saved, and saves nothing', async () => {
  const draft = await draftOf({ name: 'Acme Draft', accent: '#9b2c5e' })
  for (const page of ['sign-in', 'consent']) assert.match((await pageOf({ page, draft })).text, /Acme Draft/)
  assert.doesNotMatch((await pageOf({ page: 'sign-in' })).text, /Acme Draft/)
  const { json, headers } = await auditor.get('settings/branding')
  assert.deepEqual([json, headers['etag']], [{}, '"0"'])
})

test('what could not be saved is no draft either, with the same problems', async () => {
  for (const body of [
    { accent: '#ffff00' },
    { custom_css: '.card { position: fixed }' },
    { logo: { hash: 'x', media_type: 'image/png' } },
  ]) {
    const answer = await admin.post(path, body)
    isProblem(answer, 422, 'invalid-setting')
    const saved = await admin.call('PUT', 'settings/branding', { body, headers: { 'if-match': '"0"' } })
    assert.deepEqual((answer.json as { problems: unknown }).problems, (saved.json as { problems: unknown }).problems)
  }
  isProblem(await admin.post(path, { unknown: true }), 422, 'invalid-request')
})

test('only who may change the look makes a draft of it: its address shows words under the name of the tenant', async () => {
  isProblem(await auditor.post(path, { name: 'Acme' }), 403, 'missing-permission')
})

test('a draft that was changed by a letter shows the saved look', async () => {
  const draft = await draftOf({ name: 'Acme Draft' })
  const other = `${draft.slice(0, -2)}${draft.endsWith('AA') ? 'BB' : 'AA'}`
  assert.doesNotMatch((await pageOf({ page: 'sign-in', draft: other })).text, /Acme Draft/)
})

test('J-09 the preview is shown within pages of this origin alone, and sends no form', async () => {
  const { headers } = await pageOf({ page: 'sign-in' })
  const policy = String(headers['content-security-policy'])
  assert.match(policy, /frame-ancestors 'self'/)
  assert.doesNotMatch(policy, /frame-ancestors 'none'/)
  assert.match(policy, /form-action 'none'/)
  assert.equal(headers['x-frame-options'], 'SAMEORIGIN')
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(provider), []))
