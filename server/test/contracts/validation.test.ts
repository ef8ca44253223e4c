import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountApi, newAccount } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { type Answer, form, type HttpRequest, json, request } from '../harness/http.ts'
import { startTestPlatform } from '../harness/platform.ts'

const { url } = await startTestPlatform(await (await startTestDatabase()).create())
const api = accountApi(url)
const canary = 'canary-Zx81-must-never-come-back'

type Problem = { readonly type: string; readonly loc: (string | number)[]; readonly msg: string; readonly input: unknown }

const problemsOf = (answer: Answer): readonly Problem[] => {
  assert.equal(answer.status, 422, answer.text)
  assert.ok(!answer.text.includes(canary), answer.text)
  assert.equal(answer.headers['cache-control'], 'no-store')
  const { detail, ...rest } = answer.json as { detail: readonly Problem[] }
  assert.deepEqual(rest, {})
  assert.ok(detail.length > 0)
  for (const problem of detail) {
    assert.deepEqual(Object.keys(problem).sort(), ['input', 'loc', 'msg', 'type'])
    assert.equal(problem.loc[0], 'body')
    assert.match(problem.msg, /^\S/)
  }
  return detail
}

const whole = (): Record<string, unknown> => ({ ...newAccount(), password: canary })
const without = (name: string): Record<string, unknown> => Object.fromEntries(Object.entries(whole()).filter(([key]) => key !== name))

type Row = readonly [what: string, sent: HttpRequest, problems: readonly (readonly [type: string, loc: string, input: unknown])[]]
const text = (body: string): HttpRequest => ({ ...json(0), body })

const registerRows: readonly Row[] = [
  ['no body', { method: 'POST' }, [['missing', 'body', null]]],
  ['an empty body', text(''), [['missing', 'body', null]]],
  ['a body that is not JSON', text(`{"password":"${canary}"`), [['json_invalid', 'body', null]]],
  ['a body that is a list', json([canary]), [['object_type', 'body', null]]],
  ['a body that is a string', json(canary), [['object_type', 'body', null]]],
  ['a body that is null', json(null), [['object_type', 'body', null]]],
  ['no user name', json(without('username')), [['missing', 'body.username', null]]],
  ['no e-mail address', json(without('email')), [['missing', 'body.email', null]]],
  ['no password', json(without('password')), [['missing', 'body.password', null]]],
  [
    'nothing at all',
    json({}),
    [
      ['missing', 'body.email', null],
      ['missing', 'body.password', null],
      ['missing', 'body.username', null],
    ],
  ],
  ['a user name that is a number', json({ ...whole(), username: 5 }), [['string_type', 'body.username', 5]]],
  ['a user name that is null', json({ ...whole(), username: null }), [['string_type', 'body.username', null]]],
  ['an e-mail address that is a list', json({ ...whole(), email: [canary] }), [['string_type', 'body.email', null]]],
  ['a password that is a number', json({ ...whole(), password: 8111111111 }), [['string_type', 'body.password', null]]],
  ['a password that is an object', json({ ...whole(), password: { value: canary } }), [['string_type', 'body.password', null]]],
  ['a password that is a list', json({ ...whole(), password: [canary] }), [['string_type', 'body.password', null]]],
  ['a member that is not known', json({ ...whole(), role: canary }), [['extra_forbidden', 'body.role', null]]],
  ['a forged id', json({ ...whole(), id: 1 }), [['extra_forbidden', 'body.id', null]]],
  ['a short password', json({ ...whole(), password: 'Zx81-mu' }), [['password_too_short', 'body.password', null]]],
  ['a common password', json({ ...whole(), password: 'password1' }), [['password_too_common', 'body.password', null]]],
  ['an empty password', json({ ...whole(), password: '' }), [['empty', 'body.password', null]]],
  ['a password that is too long', json({ ...whole(), password: canary.repeat(40) }), [['too_long', 'body.password', null]]],
  ['a bad address beside the password', json({ ...whole(), email: 'nowhere' }), [['value_error', 'body.email', 'nowhere']]],
]

const tokenRows: readonly Row[] = [
  ['no body', { method: 'POST' }, [['missing', 'body', null]]],
  ['no password', form({ username: 'testuser' }), [['missing', 'body.password', null]]],
  ['no user name', form({ password: canary }), [['missing', 'body.username', null]]],
  ['an empty user name', form({ username: '', password: canary }), [['string_too_short', 'body.username', '']]],
  ['an empty password', form({ username: 'testuser', password: '' }), [['string_too_short', 'body.password', null]]],
  ['a long user name', form({ username: 'n'.repeat(1025), password: canary }), [['string_too_long', 'body.username', 'n'.repeat(256)]]],
  ['a member that is not known', form({ username: 'testuser', password: canary, role: canary }), [['extra_forbidden', 'body.role', null]]],
  [
    'two passwords',
    form([
      ['username', 'testuser'],
      ['password', canary],
      ['password', 'other'],
    ]),
    [['string_type', 'body.password', null]],
  ],
  [
    'two user names',
    form([
      ['username', 'testuser'],
      ['username', 'second'],
      ['password', canary],
    ]),
    [['string_type', 'body.username', null]],
  ],
  [
    'three passwords',
    form([
      ['username', 'u'],
      ['password', canary],
      ['password', canary],
      ['password', canary],
    ]),
    [['string_type', 'body.password', null]],
  ],
]

const tokenOnlyRows: readonly Row[] = [
  ['no body', { method: 'POST' }, [['missing', 'body', null]]],
  ['no token', form({}), [['missing', 'body.refresh_token', null]]],
  [
    'another parameter only',
    form({ token: canary }),
    [
      ['extra_forbidden', 'body.token', null],
      ['missing', 'body.refresh_token', null],
    ],
  ],
  ['an empty token', form({ refresh_token: '' }), [['string_too_short', 'body.refresh_token', null]]],
  ['a long token', form({ refresh_token: canary.repeat(40) }), [['string_too_long', 'body.refresh_token', null]]],
  [
    'two tokens',
    form([
      ['refresh_token', canary],
      ['refresh_token', canary],
    ]),
    [['string_type', 'body.refresh_token', null]],
  ],
]

const byPlace = ([, left]: readonly unknown[], [, right]: readonly unknown[]): number => String(left).localeCompare(String(right))

const rowsByPath: readonly (readonly [string, readonly Row[]])[] = [
  ['/auth/register', registerRows],
  ['/auth/token', tokenRows],
  ['/auth/token/refresh', tokenOnlyRows],
  ['/auth/token/revoke', tokenOnlyRows],
]

for (const [path, rows] of rowsByPath) {
  describe(`POST ${path} refuses with 422 and no echo of a secret`, () => {
    for (const [what, sent, expected] of rows) {
      test(what, async () => {
        const problems = problemsOf(await request(`${url}${path}`, sent))
        assert.deepEqual(problems.map(({ type, loc, input }) => [type, loc.join('.'), input]).sort(byPlace), [...expected].sort(byPlace))
      })
    }

    test('a body that is not UTF-8', async () => {
      const body = Buffer.from([0x7b, 0xff, 0xfe, 0x7d])
      const type = path === '/auth/register' ? 'application/json' : 'application/x-www-form-urlencoded'
      const [problem] = problemsOf(await request(`${url}${path}`, { method: 'POST', headers: { 'content-type': type }, body }))
      assert.deepEqual([problem?.type, problem?.loc], ['string_unicode', ['body']])
    })
  })
}

test('names every problem of a request at once', async () => {
  const problems = problemsOf(await api.register({ username: 'a', email: 'b', password: 'c' }))
  assert.deepEqual(new Set(problems.map(({ loc }) => loc[1])), new Set(['username', 'email', 'password']))
})
