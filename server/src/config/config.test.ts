import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { ConfigError, loadConfig } from './config.ts'
import { settingRows } from './settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'cip-config-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const good = { SECRET_KEY: 'kW3vTq9ZbN5xYc8mLr2sHf7jPd4gA6uE', DATA_DIR: folder }

const problemsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    loadConfig({ ...good, ...environment })
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error))
    return error.problems
  }
  return []
}

test('nothing is required: every setting has a default or is absent', () => {
  const config = loadConfig(good)
  for (const [key, { fallback }] of settingRows.filter(([name]) => !['secretKey', 'dataDir', 'publicUrl'].includes(name)))
    assert.deepEqual(config[key], fallback, key)
  assert.equal(config.publicUrl, 'http://127.0.0.1:8000')
})

test('the settings are frozen and show no secret', () => {
  const config = loadConfig({ ...good, DATABASE_URL: 'postgres://cip:pw@127.0.0.1/cip' })
  assert.throws(() => Object.assign(config, { port: 1 }))
  assert.ok(!JSON.stringify(config).includes(good.SECRET_KEY))
})

test('an empty value is an absent one', () => {
  assert.equal(loadConfig({ ...good, PORT: '', CIP_LOG_LEVEL: '' }).port, 8000)
})

test('the sender of mails is an address, with or without a name', () => {
  const from = (text: string) => loadConfig({ ...good, CIP_MAIL_FROM: text }).mailFrom
  assert.deepEqual(from('no-reply@example.com'), { name: '', address: 'no-reply@example.com' })
  assert.deepEqual(from('Käse & Söhne <no-reply@example.com>'), { name: 'Käse & Söhne', address: 'no-reply@example.com' })
  assert.deepEqual(from('"Example, Ltd" <no-reply@example.com>'), { name: 'Example, Ltd', address: 'no-reply@example.com' })
})

describe('refuses', () => {
  const rows: readonly (readonly [string, Record<string, string>, RegExp])[] = [
    ['an unknown name of ours', { CIP_NONSENSE: '1' }, /CIP_NONSENSE is not a setting/],
    ['a name that is nearly right', { CIP_REFRESH_TOKEN_LIFETIME: '1d' }, /Did you mean CIP_REFRESH_TOKEN_/],
    ['a value that does not fit', { PORT: '80a' }, /PORT must be a whole number .*, not "80a"/],
    ['a value out of bounds', { CIP_BCRYPT_COST: '11' }, /CIP_BCRYPT_COST must be a whole number from 12 to 15/],
    ['hashes below the floor', { CIP_ARGON2_MEMORY_KIB: '19455' }, /CIP_ARGON2_MEMORY_KIB/],
    ['a secret twice', { SECRET_KEY_FILE: join(folder, 'secret') }, /SECRET_KEY and SECRET_KEY_FILE are both set/],
    ['plain http that others can reach', { PUBLIC_URL: 'http://id.example.com' }, /passwords and tokens would travel in the clear/],
    ['a path in the origin', { PUBLIC_URL: 'https://id.example.com/auth' }, /PUBLIC_URL must be an origin/],
    ['hosts without a shared database', { CIP_HOSTS: '2' }, /Set DATABASE_URL/],
    [
      'an idle time longer than the whole',
      { CIP_REFRESH_TOKEN_TTL: '1d', CIP_REFRESH_TOKEN_IDLE_TTL: '2d' },
      /CIP_REFRESH_TOKEN_IDLE_TTL is longer/,
    ],
    ['a lock after the end', { CIP_LOCK_AFTER: '50', CIP_DISABLE_PASSWORD_AFTER: '20' }, /CIP_LOCK_AFTER is more/],
    ['one port for two', { PORT: '9000', CIP_MANAGEMENT_PORT: '9000' }, /are the same/],
    ['trust in everybody', { TRUSTED_PROXIES: '10.0.0.0/8,::/0' }, /believes everybody/],
    ['a sender that is no address', { CIP_MAIL_FROM: 'Example' }, /CIP_MAIL_FROM must be an address/],
    ['N-09 a sender with a second line', { CIP_MAIL_FROM: 'Example\r\nBcc: x <a@example.com>' }, /CIP_MAIL_FROM must be an address/],
    ['N-09 two senders', { CIP_MAIL_FROM: 'a@example.com, b@example.com' }, /CIP_MAIL_FROM must be an address/],
    ['the development inbox in production', { NODE_ENV: 'production', CIP_DEV_INBOX: 'true' }, /every code and link/],
    ['an SMS service without its key', { CIP_SMS_WEBHOOK_URL: 'https://sms.example.com/' }, /belong together/],
    ['a key that is none', { CIP_SMS_WEBHOOK_SECRET: 'whsec_short' }, /CIP_SMS_WEBHOOK_SECRET must be whsec_/],
    ['a failpoint outside tests', { CIP_FAILPOINT: 'x:1:kill' }, /for tests only/],
    ['an origin with a path for CORS', { CIP_CORS_ORIGINS: 'https://a.example/x' }, /CIP_CORS_ORIGINS must be/],
  ]
  for (const [what, environment, sentence] of rows)
    test(what, () => {
      const problems = problemsOf(environment)
      assert.equal(problems.length, 1, problems.join('\n'))
      assert.match(problems[0] ?? '', sentence)
    })

  test('and never shows the value of a secret', () => {
    for (const problem of problemsOf({ DATABASE_URL: 'mysql://cip:hunter2@127.0.0.1/cip', SECRET_KEY: 'hunter2' }))
      assert.ok(!problem.includes('hunter2'), problem)
  })
})

test('a secret is read from a file, without the line break at its end', () => {
  const path = join(folder, 'secret')
  writeFileSync(path, `${good.SECRET_KEY}\n`)
  const fromFile = loadConfig({ DATA_DIR: folder, SECRET_KEY_FILE: path })
  assert.deepEqual(fromFile.key('a'), loadConfig(good).key('a'))
})
