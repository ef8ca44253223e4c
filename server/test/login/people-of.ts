import assert from 'node:assert/strict'
import { beginTotp, confirmTotp, totpStore } from '../../src/credentials/totp/totp.ts'
import { totpCode } from '../../src/credentials/totp/totp-code.ts'
import { makeEvent } from '../../src/events/events.ts'
import { calmStep, secretOf } from '../credentials/authenticator-app.ts'
import type { Browser, Page } from '../harness/browser.ts'
import { authorizeUrl, claimsOf, type Fields, newPerson, parametersOf, redeem, type TestClient, type Tokens } from '../harness/oauth.ts'
import type { TestProvider } from '../harness/provider.ts'

export type Person = Awaited<ReturnType<typeof newPerson>>
export type Enrolled = Person & { readonly code: (offset?: number) => Promise<string>; readonly rewind: () => Promise<unknown> }

const changing = ({ sql, platform }: TestProvider) => {
  const { tenantId } = platform.base
  /** What a tenant decides at run time, and what the server then goes by. */
  const decide = async (key: string, value: object): Promise<void> => {
    await sql.text(
      `with moved as (insert into cache_epochs as e (tenant_id, kind) values ($1, 'settings')
         on conflict (tenant_id, kind) do update set version = e.version + 1, changed_at = now())
       insert into tenant_settings (tenant_id, key, value) values ($1, $2, $3)
       on conflict (tenant_id, key) do update set value = excluded.value`,
      [tenantId, key, JSON.stringify(value)],
    )
    await new Promise((resolve) => setTimeout(resolve, 1200))
  }
  return { decide, policy: (value: object): Promise<void> => decide('sign-in', value) }
}

const enrolling = ({ url, sql, config, platform }: TestProvider) => {
  const { db, tenantId } = platform.base
  const idOf = async ({ account }: Person): Promise<string> =>
    (await sql.text<{ user_id: string }>('select user_id from identifiers where canonical = $1', [account.username]))[0]?.user_id ?? ''

  /** Somebody with an authenticator app. */
  const withApp = async (): Promise<Enrolled> => {
    const person = await newPerson(url)
    const userId = await idOf(person)
    const deps = { store: totpStore(db), key: config.key('totp-secrets') }
    const enrolment = await beginTotp(deps)(tenantId, { userId, issuer: 'Example', account: person.account.email })
    const secret = secretOf(enrolment?.uri ?? '')
    const code = async (offset = 0): Promise<string> => totpCode(secret, (await calmStep(db)) + offset)
    const rewind = () => sql.text('update totp_factors set last_step = 0 where user_id = $1', [userId])
    const event = makeEvent({ tenantId, type: 'totp.enrolled', userId, payload: {} })
    assert.equal((await confirmTotp(deps)(tenantId, { userId, answer: await code(), event })).kind, 'confirmed')
    await rewind()
    return { ...person, code, rewind }
  }
  return { idOf, withApp }
}

const signing = ({ url }: TestProvider, client: TestClient) => {
  const arrive = (browser: Browser, parameters: Fields = {}, at = client): Promise<Page> =>
    browser.follow(authorizeUrl(url, at, parameters))

  const password = async ({ account }: Person, browser: Browser, parameters: Fields = {}): Promise<Page> =>
    browser.submit(await arrive(browser, { prompt: 'login', ...parameters }), { ...account, action: 'sign-in' })

  const claimsFrom = async (page: Page, at = client): Promise<Record<string, unknown>> => {
    const { code = '' } = parametersOf(page)
    const answer = await redeem(url, at, { code })
    assert.equal(answer.status, 200, `${page.url} ${answer.text}`)
    return claimsOf((answer.json as Tokens).id_token)
  }
  return { arrive, password, claimsFrom }
}

/** People at a server, and what they do at its pages; `policy` changes how the tenant lets them in. */
export const peopleOf = (own: TestProvider, client: TestClient) => ({ ...changing(own), ...enrolling(own), ...signing(own, client) })
