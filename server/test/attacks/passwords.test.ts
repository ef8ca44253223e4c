import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type AccountApi, accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { startTestPlatform } from '../harness/platform.ts'

const database = await (await startTestDatabase()).create()
const manyTries = { CIP_LOCK_AFTER: '50' }
const argon2 = await startTestPlatform(database, manyTries)
const bcrypt = await startTestPlatform(database, { ...manyTries, CIP_PASSWORD_HASH: 'bcrypt' })
const api = accountApi(argon2.url)
const withBcrypt = accountApi(bcrypt.url)

const codesOf = (answer: { status: number; json: unknown }): string[] => {
  assert.equal(answer.status, 422)
  return (answer.json as { detail: { type: string; loc: string[] }[] }).detail.map(({ type, loc }) => `${loc.join('.')} ${type}`)
}

/** Registers with one password; the first list signs in, the second does not. */
const assertPassword = async (
  on: AccountApi,
  password: string,
  { same = [], other = [] }: { same?: readonly string[]; other?: readonly string[] },
) => {
  const account = newAccount(password)
  const registered = await on.register(account)
  assert.equal(registered.status, 200, registered.text)
  for (const one of [password, ...same]) pairOf(await on.token({ ...account, password: one }))
  for (const one of other) {
    const answer = await on.token({ ...account, password: one })
    assert.deepEqual([answer.status, answer.json], [401, { detail: 'Incorrect username or password' }], JSON.stringify(one.slice(-20)))
  }
  pairOf(await on.token(account))
}

describe('length', () => {
  test('one byte is refused at registration by the policy and at sign-in like any wrong password', async () => {
    assert.deepEqual(codesOf(await api.register(newAccount('x'))), ['body.password password_too_short'])
    const { account } = await api.join()
    assert.equal((await api.token({ ...account, password: 'x' })).status, 401)
  })

  test('M-02 1,024 bytes are hashed whole, and 1,025 are refused on both doors', async () => {
    const longest = 'p'.repeat(1023)
    await assertPassword(api, `${longest}a`, { other: [longest, `${longest}b`, `${longest.slice(0, 72)}`] })
    assert.deepEqual(codesOf(await api.register(newAccount(`${longest}ab`))), ['body.password too_long'])
    assert.deepEqual(codesOf(await api.token(newAccount(`${longest}ab`))), ['body.password too_long'])
  })

  test('bytes are counted, not characters: 342 of three bytes are too many, 341 are not', async () => {
    await assertPassword(api, '漢字かな'.repeat(85), { other: ['漢字かな'.repeat(84)] })
    assert.deepEqual(codesOf(await api.register(newAccount('漢'.repeat(342)))), ['body.password too_long'])
  })

  test('characters are counted as people count them: eight emoji are eight', async () => {
    await assertPassword(api, '😀😁😂🤣😃😄😅😆', { other: ['😀😁😂🤣😃😄😅😇'] })
    assert.deepEqual(codesOf(await api.register(newAccount('😀😁😂🤣'))), ['body.password password_too_short'])
  })
})

describe('every character counts', () => {
  test('M-03 NUL neither ends a password nor is dropped from it', async () => {
    await assertPassword(api, 'before\0after', { other: ['before', 'before\0', 'before\0other', 'beforeafter', 'after'] })
  })

  test('spaces at both ends and tabs are part of it', async () => {
    await assertPassword(api, '  two words\t', { other: ['two words', '  two words', 'two words\t', ' two words\t'] })
  })

  test('case is part of it', async () => {
    await assertPassword(api, 'CorrectHorse', { other: ['correcthorse', 'CORRECTHORSE'] })
  })

  test('form characters are part of it', async () => {
    await assertPassword(api, 'a+b&c=d%20e;f?g#h', { other: ['a b&c=d%20e;f?g#h', 'a+b&c=d e;f?g#h', 'a+b'] })
  })

  test('M-03 composed and decomposed letters are the same, letters that only look alike are not', async () => {
    await assertPassword(api, 'caf\u00e9 cr\u00e8me', {
      same: ['cafe\u0301 cre\u0300me'],
      other: ['cafe creme', 'caf\u0435\u0301 cre\u0300me'],
    })
    await assertPassword(api, 'cafe\u0301 noir', { same: ['caf\u00e9 noir'] })
    await assertPassword(api, 'ｆｕｌｌｗｉｄｔｈ', { other: ['fullwidth'] })
  })

  test('M-03 text that is no Unicode is refused on both doors, and never takes the place of a character', async () => {
    for (const broken of ['\ud800abcdefgh', 'abcdefgh\udfff', 'abc\udfff\ud800def'])
      assert.deepEqual(codesOf(await api.register(newAccount(broken))), ['body.password malformed_unicode'])
  })
})

describe('policy', () => {
  test('refuses the common, and the user\u2019s own names in any case', async () => {
    const account = newAccount()
    for (const common of ['password', 'PASSWORD', 'qwertyui', '12345678', 'iloveyou'])
      assert.deepEqual(codesOf(await api.register(newAccount(common))), ['body.password password_too_common'], common)
    for (const own of [account.username, account.username.toUpperCase(), account.email])
      assert.deepEqual(codesOf(await api.register({ ...account, password: own })), ['body.password password_is_identifier'], own)
  })

  test('M-04 asks for no digits, signs or capitals', async () => {
    await assertPassword(api, 'onlysmallletters', {})
  })
})

describe('with bcrypt', () => {
  const longest = 'q'.repeat(71)

  test('72 bytes are taken and all of them count', async () => {
    await assertPassword(withBcrypt, `${longest}a`, {
      other: [longest, `${longest}b`, `${longest}a!`, `${longest}a${'garbage'.repeat(10)}`],
    })
  })

  test('M-01 73 bytes are refused, never cut', async () => {
    assert.deepEqual(codesOf(await withBcrypt.register(newAccount(`${longest}ab`))), ['body.password password_too_long'])
    assert.deepEqual(codesOf(await withBcrypt.register(newAccount('漢'.repeat(25)))), ['body.password password_too_long'])
  })

  test('NUL, at which bcrypt would stop reading, is refused', async () => {
    assert.deepEqual(codesOf(await withBcrypt.register(newAccount('before\0after'))), ['body.password password_contains_nul'])
  })

  test('a sign-in with what bcrypt cannot take is a wrong password, not a failure', async () => {
    const { account } = await withBcrypt.join()
    for (const password of ['x'.repeat(73), 'x'.repeat(1024), 'a\0b', `${account.password}\0`, `${account.password}\0more`])
      assert.equal((await withBcrypt.token({ ...account, password })).status, 401, JSON.stringify(password.slice(0, 30)))
  })
})

describe('a change of the scheme', () => {
  const schemeOf = async (username: string): Promise<string> => {
    const [row] = await database.sql.text<{ scheme: string }>(
      `select split_part(encoded, '$', 2) as scheme from passwords p join identifiers i using (user_id) where i.kind = 'username' and i.canonical = $1`,
      [username],
    )
    return row?.scheme ?? ''
  }

  test('M-05 is made at the next sign-in, once, with its event, also when several come at once', async () => {
    const { account } = await withBcrypt.join()
    assert.match(await schemeOf(account.username), /^2[by]$/)
    for (const answer of await Promise.all([1, 2, 3, 4].map(() => api.token(account)))) pairOf(answer)
    assert.equal(await schemeOf(account.username), 'argon2id')
    pairOf(await api.token(account))
    const events = await database.sql.text(
      `select 1 from events e join identifiers i using (user_id) where e.type = 'password.upgraded' and i.canonical = $1`,
      [account.username],
    )
    assert.equal(events.length, 1)
  })

  test('leaves a password that the new scheme cannot take as it is, and lets its owner in', async () => {
    const { account } = await api.join(newAccount('longer than bcrypt takes '.repeat(4)))
    pairOf(await withBcrypt.token(account))
    assert.equal(await schemeOf(account.username), 'argon2id')
    pairOf(await withBcrypt.token(account))
  })
})
