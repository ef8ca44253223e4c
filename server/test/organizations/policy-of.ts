import assert from 'node:assert/strict'
import type { AdminApi } from '../harness/admin.ts'
import { authorizeUrl, type Fields, parametersOf, redeem, type TestClient, type Tokens } from '../harness/oauth.ts'
import type { TestProvider } from '../harness/provider.ts'
import { type Enrolled, peopleOf } from '../login/people-of.ts'
import type { Organization, Somebody } from './organizations-of.ts'

export type Policy = {
  readonly second_factor?: string
  readonly session_seconds?: number | null
  readonly methods?: readonly string[] | null
}

/** What the process keeps of organizations is looked after once a second. */
const untilKnown = () => new Promise((resolve) => setTimeout(resolve, 1300))

type WithApp = Enrolled & { readonly userId: string }
type Pages = { readonly url: string; readonly client: TestClient; readonly scope: string }

/** Requests for an organization, and the pages that come. */
const pagesOf = ({ url, client, scope }: Pages) => {
  const arrive = ({ browser }: Pick<WithApp, 'browser'>, parameters: Fields, at = client) =>
    browser.follow(authorizeUrl(url, at, { scope, ...parameters }))
  const byPassword = async (person: WithApp, page: Awaited<ReturnType<typeof arrive>>) => {
    assert.equal(page.name, 'sign-in', page.text.slice(0, 300))
    return person.browser.submit(page, { ...person.account, action: 'sign-in' })
  }
  const byCode = async (person: Pick<Enrolled, 'browser' | 'code' | 'rewind'>, page: Awaited<ReturnType<typeof arrive>>) => {
    assert.equal(page.name, 'second-factor', page.text.slice(0, 300))
    await person.rewind()
    return person.browser.submit(page, { code: await person.code() })
  }
  const tokensFrom = async (page: Awaited<ReturnType<typeof arrive>>, at = client): Promise<Tokens> => {
    const { code = '' } = parametersOf(page)
    assert.ok(code, `no code: ${page.url} ${page.text.slice(0, 300)}`)
    const answer = await redeem(url, at, { code })
    assert.equal(answer.status, 200, answer.text)
    return answer.json as Tokens
  }
  const silently = async (person: Pick<WithApp, 'browser'>, parameters: Fields) =>
    parametersOf(await arrive(person, { prompt: 'none', ...parameters }))

  return { arrive, byPassword, byCode, tokensFrom, silently }
}

/** People, requests and policies of organizations at a server. */
export const policiesOf = (own: TestProvider, { admin, client }: { readonly admin: AdminApi; readonly client: TestClient }) => {
  const { url, sql } = own
  const people = peopleOf(own, client)
  const scope = 'openid organization offline_access'

  const demand = async ({ id }: Organization, policy: Policy): Promise<void> => {
    const body = { second_factor: 'off', session_seconds: null, methods: null, ...policy }
    const answer = await admin.put(`organizations/${id}/policy`, body)
    assert.equal(answer.status, 200, answer.text)
    await untilKnown()
  }

  /** Somebody with a browser whose address is not proved: there is no second factor by mail. */
  const newPerson = async (): Promise<WithApp> => {
    const enrolled = await people.withApp()
    return { ...enrolled, userId: await people.idOf(enrolled) }
  }
  /** The same without an app. */
  const plain = async (): Promise<WithApp> => {
    const person = await newPerson()
    await sql.text('delete from totp_factors where user_id = $1', [person.userId])
    return person
  }

  /** Makes the sign-in of a person, and what was granted by it, as old as that. */
  const ageSignIns = async ({ userId }: Pick<Somebody, 'userId'>, seconds: number): Promise<void> => {
    for (const table of ['sessions', 'oauth_grants'])
      await sql.text(
        `update ${table} set auth_time = auth_time - make_interval(secs => $2), created_at = created_at - make_interval(secs => $2) where user_id = $1`,
        [userId, seconds],
      )
  }

  return { ...pagesOf({ url, client, scope }), ...{ scope, demand, newPerson, plain, ageSignIns } }
}
