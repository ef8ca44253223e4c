import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { startTestDatabase } from '../harness/database.ts'
import type { Environment } from '../harness/environment.ts'
import { runToEnd, startTestServer } from '../harness/server.ts'

const canary = 'pw-canary-7e1'

/** What is written for a person: no log lines. */
const sentences = (output: string): string[] => output.split('\n').filter((line) => line !== '' && !line.startsWith('{'))

const isRefused = async (env: Environment, forms: readonly RegExp[]): Promise<string> => {
  const { code, output } = await runToEnd({ env })
  assert.equal(code, 1, output)
  assert.ok(!/^\s+at /m.test(output), `no stack is shown:\n${output}`)
  assert.ok(!output.includes(canary), 'no secret is shown')
  const lines = sentences(output)
  assert.equal(lines.length, forms.length, output)
  for (const [index, form] of forms.entries()) assert.match(lines[index] ?? '', form)
  return output
}

describe('settings', () => {
  test('that are wrong are all listed at once, each with what to do', async () => {
    const wrong = {
      CIP_LOK_AFTER: '5',
      CIP_BOGUS: '1',
      PORT: 'eight',
      CIP_ACCESS_TOKEN_TTL: '5 minutes',
      WORKERS: '0',
      PUBLIC_URL: 'http://id.example.com',
    }
    await isRefused(wrong, [
      /^The settings have 6 problems:$/,
      /CIP_LOK_AFTER is not a setting\. Did you mean CIP_LOCK_AFTER\?/,
      /CIP_BOGUS is not a setting\./,
      /PORT must be a whole number from 0 to 65535, not "eight"\./,
      /PUBLIC_URL is http on an address that others can reach|WORKERS must be/,
      /CIP_ACCESS_TOKEN_TTL must be a duration|WORKERS must be/,
      /PUBLIC_URL is http|CIP_ACCESS_TOKEN_TTL must be/,
    ])
  })

  const secrets: readonly (readonly [string, string, RegExp])[] = [
    ['a well-known default', 'change-me-0123456789-0123456789-0123456789', /SECRET_KEY is a well-known default/],
    ['too short', canary, /SECRET_KEY is shorter than 32 characters/],
    ['not random', 'abababababababababababababababababababab', /SECRET_KEY repeats too few characters/],
  ]
  for (const [what, value, sentence] of secrets)
    test(`Y-05 refuse a secret that is ${what}`, async () => {
      await isRefused({ SECRET_KEY: value }, [/^The settings have a problem:$/, sentence])
    })

  test('refuse a failpoint outside tests', async () => {
    await isRefused({ NODE_ENV: 'production', CIP_FAILPOINT: 'after-commit-before-response:1:kill' }, [
      /a problem:$/,
      /CIP_FAILPOINT .* for tests only/,
    ])
  })

  test('refuse to believe everybody about addresses', async () => {
    await isRefused({ TRUSTED_PROXIES: '0.0.0.0/0' }, [/a problem:$/, /TRUSTED_PROXIES believes everybody/])
  })
})

describe('a database', () => {
  test('that cannot be reached ends the start in one sentence', async () => {
    await isRefused({ DATABASE_URL: `postgres://cip:${canary}@127.0.0.1:1/cip`, CIP_DATABASE_WAIT: '1s' }, [
      /^The database cannot be reached: nothing listens there\. Start it, or correct DATABASE_URL\. Gave up after 1 s\.$/,
    ])
  })

  test('that refuses the password, or does not exist, ends it at once', async () => {
    const { url } = await (await startTestDatabase()).create()
    await isRefused({ DATABASE_URL: url.replace(/:[^:@/]+@/, `:${canary}@`) }, [/^The database refuses the password of DATABASE_URL\./])
    await isRefused({ DATABASE_URL: url.replace(/[^/]+$/, 'nowhere') }, [/^The database named in DATABASE_URL does not exist\./])
  })
})

test('a port that is taken ends the start in one sentence and leaves nothing running', async () => {
  const { port } = await startTestServer()
  await isRefused({ PORT: String(port) }, [new RegExp(`^Port ${port} of 127\\.0\\.0\\.1 is in use\\.`)])
})

test('a command that is not known ends with code 2', async () => {
  const { code, output } = await runToEnd({ args: ['frobnicate'] })
  assert.equal(code, 2)
  assert.match(output, /unknown command|too many arguments/)
})
