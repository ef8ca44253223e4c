import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { startTestPlatform } from '../harness/platform.ts'

const { url } = await startTestPlatform(await (await startTestDatabase()).create())
const api = accountApi(url)
const password = 'correct horse battery'

const taken = { username: 'Username already registered', email: 'Email already registered' }

/** Written forms of one name: whoever registers the first has them all. */
const sameNames: readonly (readonly [string, ...string[]])[] = [
  ['MixedCase', 'mixedcase', 'MIXEDCASE', 'ｍｉｘｅｄｃａｓｅ'],
  ['Kelvin\u212Aelvin', 'kelvinkelvin'],
  ['Ren\u00e9e', 'rene\u0301e', 'REN\u00c9E'],
  ['Σίσυφος', 'σίσυφοσ', 'ΣΊΣΥΦΟΣ'],
]

const sameEmails: readonly (readonly [string, ...string[]])[] = [
  ['Mixed.Case@Example.COM', 'mixed.case@example.com', 'MIXED.CASE@EXAMPLE.com'],
  ['jos\u00e9@b\u00fccher.example', 'jose\u0301@xn--bcher-kva.example', 'JOS\u00c9@B\u00dcCHER.example'],
]

describe('user names', () => {
  for (const [written, ...others] of sameNames) {
    test(`keeps ${written} as it was written and refuses its other forms`, async () => {
      const account = { username: written, email: newAccount().email, password }
      const registered = await api.register(account)
      assert.equal(registered.status, 200, registered.text)
      assert.equal((registered.json as { username: string }).username, written.normalize('NFC'))
      for (const username of others) {
        const answer = await api.register({ username, email: newAccount().email, password })
        assert.deepEqual([answer.status, answer.json], [400, { detail: taken.username }], username)
        const { access_token } = pairOf(await api.token({ username, password }))
        assert.equal(((await api.me(access_token)).json as { username: string }).username, written.normalize('NFC'))
      }
    })
  }
})

describe('e-mail addresses', () => {
  for (const [written, ...others] of sameEmails) {
    test(`keeps ${written} as it was written and refuses its other forms`, async () => {
      const registered = await api.register({ username: newAccount().username, email: written, password })
      assert.equal(registered.status, 200, registered.text)
      for (const email of others) {
        const answer = await api.register({ username: newAccount().username, email, password })
        assert.deepEqual([answer.status, answer.json], [400, { detail: taken.email }], email)
        const { access_token } = pairOf(await api.token({ username: email, password }))
        assert.equal(((await api.me(access_token)).json as { email: string }).email, written.normalize('NFC'))
      }
    })
  }
})

test('never takes one person\u2019s user name for another person\u2019s e-mail address', async () => {
  const victim = newAccount()
  assert.equal((await api.register(victim)).status, 200)
  const answer = await api.register({ ...newAccount(), username: victim.email })
  assert.equal(answer.status, 422)
})

const refusedNames: readonly (readonly [string, string])[] = [
  ['two characters', 'ab'],
  ['65 characters', 'a'.repeat(65)],
  ['a space', 'some body'],
  ['a leading dot', '.somebody'],
  ['an at sign', 'some@body'],
  ['a slash', 'some/body'],
  ['NUL', 'some\0body'],
  ['a line break', 'some\r\nbody'],
  ['a right-to-left override', 'some\u202ebody'],
  ['a zero-width joiner', 'some\u200dbody'],
  ['letters of two scripts', 'p\u0430ypal'],
  ['an emoji', 'some😀body'],
  ['a reserved name', 'Admin'],
  ['a reserved name in full width', 'ａｄｍｉｎ'],
]

describe('refuses a user name', () => {
  for (const [what, username] of refusedNames) {
    test(`with ${what}`, async () => {
      const answer = await api.register({ ...newAccount(), username })
      assert.equal(answer.status, 422, answer.text)
      const { detail } = answer.json as { detail: { loc: string[]; input: string }[] }
      assert.deepEqual(
        detail.map(({ loc, input }) => [loc, input]),
        [[['body', 'username'], username]],
      )
    })
  }
})

describe('refuses as an e-mail address', () => {
  const refused = [
    '',
    'a',
    'a@',
    '@b.example',
    'a@b',
    'a b@c.example',
    'a@b.example\r\nBcc: c@d.example',
    'a@@b.example',
    '"a"@b.example',
    'a\0@b.example',
  ]
  for (const email of refused) {
    test(JSON.stringify(email), async () => {
      const answer = await api.register({ ...newAccount(), email })
      assert.equal(answer.status, 422, answer.text)
      const { detail } = answer.json as { detail: { loc: string[] }[] }
      assert.deepEqual(
        detail.map(({ loc }) => loc),
        [['body', 'email']],
      )
    })
  }
})
