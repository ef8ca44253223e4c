import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { startTestDatabase } from '../harness/database.ts'
import { request } from '../harness/http.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { checkout, pinnedNode } from '../harness/server.ts'

// Takes no time where the portal was built before.
execFileSync(pinnedNode, ['scripts/portal.mjs'], { cwd: checkout, stdio: 'inherit' })
const { url, config } = await startTestPlatform(await (await startTestDatabase()).create())

test('each page of the portal is the same program, which knows its issuer and may run no inline script or style', async () => {
  for (const path of ['/account', '/account/profile', '/account/callback?code=x']) {
    const { status, text, headers } = await request(`${url}${path}`)
    assert.deepEqual([status, headers['cache-control']], [200, 'no-cache'])
    assert.ok(text.includes(`<meta name="issuer" content="${config.publicUrl}">`), path)
    const policy = String(headers['content-security-policy'])
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self';/)
    assert.doesNotMatch(policy, /unsafe/)
    assert.doesNotMatch(text, /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=/)
  }
})

test('what the page loads comes from here, packed, and may be kept for ever', async () => {
  const { text } = await request(`${url}/account`)
  const links = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '')
  assert.ok(links.length >= 3)
  for (const link of links) {
    assert.match(link, /^\/account\/assets\/[\w.-]+$/)
    const { status, headers } = await request(`${url}${link}`, { headers: { 'accept-encoding': 'gzip, br' } })
    assert.deepEqual([status, headers['cache-control']], [200, 'public, max-age=31536000, immutable'])
    assert.equal(headers['content-encoding'], 'br')
  }
})

test('an unchanged page is not sent again', async () => {
  const { headers } = await request(`${url}/account`)
  assert.equal((await request(`${url}/account/password`, { headers: { 'if-none-match': String(headers['etag']) } })).status, 304)
})

test('nothing else of the folder is served, and what is no page stays an error of the API', async () => {
  assert.ok(existsSync(join(checkout, 'web/account/dist/index.html')))
  for (const path of [
    '/account/assets/..%2findex.html',
    '/account/assets/index.html',
    '/account/v1',
    '/account/v1/nothing',
    '/account/a/b',
  ]) {
    const { status, json } = await request(`${url}${path}`)
    assert.deepEqual([status, json], [404, { detail: 'Not Found' }], path)
  }
})
