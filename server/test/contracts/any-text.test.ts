import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { accountApi, pairOf } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { type Answer, form, request } from '../harness/http.ts'
import { errorsIn } from '../harness/log-lines.ts'
import { startTestPlatform } from '../harness/platform.ts'

const { url, logs } = await startTestPlatform(await (await startTestDatabase()).create(), { CIP_LOCK_AFTER: '100' })
const api = accountApi(url)
const runs = { numRuns: 60 }

/** Any UTF-16 code units, lone surrogates and NUL included, and some that are long. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((units) => String.fromCharCode(...units)),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', minLength: 500, maxLength: 3000 }),
)

const anyJson = fc.oneof(anyText, fc.jsonValue(), fc.constant(undefined))

// Every character escaped, so that lone surrogates travel.
const escaped = (value: unknown): string =>
  JSON.stringify(value).replace(/[^\x20-\x7e]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)

const post = (path: string, value: unknown): Promise<Answer> =>
  request(`${url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: escaped(value) })

const isHonest = ({ status, text }: Answer, allowed: readonly number[]): void => {
  assert.ok(allowed.includes(status), `${status} ${text.slice(0, 300)}`)
  const { detail } = JSON.parse(text) as { detail?: unknown }
  if (status >= 400) assert.ok(typeof detail === 'string' || Array.isArray(detail))
}

let count = 0
const unique = (): string => {
  count += 1
  return `t${process.pid}-${count}`
}

test('any JSON at the registration gets an answer of the contract', async () => {
  await fc.assert(
    fc.asyncProperty(fc.record({ username: anyJson, email: anyJson, password: anyJson }), async (body) => {
      isHonest(await post('/auth/register', body), [200, 400, 422])
    }),
    runs,
  )
})

test('any text as user name or password at the sign-in gets an answer of the contract', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, anyText, async (username, password) => {
      isHonest(await request(`${url}/auth/token`, form({ username, password })), [401, 422])
    }),
    runs,
  )
})

test('any text as a token gets an answer of the contract', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      isHonest(await api.refresh(text), [401, 422])
      isHonest(await api.revoke(text), [200, 422])
      const visible = text.replace(/[^\x20-\x7e]/g, '')
      isHonest(await request(`${url}/auth/me`, { headers: { authorization: `Bearer ${visible}` } }), [401])
    }),
    runs,
  )
})

const letters = fc.constantFrom(
  '\u00e9',
  'e\u0301',
  '\u212a',
  '\ufb01',
  '\u03a3',
  '\u03c2',
  '\u0130',
  '\u01c5',
  'ａ',
  '\u1e9e',
  '\u00df',
  '\u0149',
  'Ω',
  '字',
  'か\u3099',
  '한',
  'क\u094d',
  'א',
  'ى',
  '٣',
  '\u{1d4af}',
  'İ',
  'ı',
  'ﬀ',
  'ŉ',
)
const nameText = fc
  .array(fc.oneof({ weight: 3, arbitrary: letters }, fc.constantFrom('a', 'Z', '7', '.', '_', '-')), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(''))
const passwordText = fc.string({ unit: 'binary', minLength: 8, maxLength: 60 })

test('whoever is registered signs in with exactly what was registered: the user name, the e-mail address, the password', async () => {
  let registered = 0
  await fc.assert(
    fc.asyncProperty(nameText, nameText, passwordText, async (name, local, password) => {
      const account = { username: `${name}${name.length < 3 ? 'abc' : ''}`, email: `${local}${unique()}@example.com`, password }
      const answer = await post('/auth/register', account)
      isHonest(answer, [200, 400, 422])
      if (answer.status !== 200) return
      registered += 1
      const written = answer.json as { username: string; email: string }
      assert.deepEqual([written.username, written.email], [account.username.normalize('NFC'), account.email.normalize('NFC')])
      for (const username of [account.username, account.email, written.username, written.email]) {
        const { access_token } = pairOf(await api.token({ username, password }))
        const { id: _, ...me } = (await api.me(access_token)).json as { id: number; username: string; email: string }
        assert.deepEqual(me, { username: written.username, email: written.email })
      }
    }),
    runs,
  )
  assert.ok(registered >= 5, `${registered} were registered: the generator has to make more that fit`)
})

test('nothing of this was an error inside', () => {
  assert.deepEqual(errorsIn(logs()), [])
})
