import assert from 'node:assert/strict'
import { type Account, accountApi, newAccount, pairOf } from './account-api.ts'
import { type Answer, bearer, request } from './http.ts'
import type { TestProvider } from './provider.ts'

export type Me = {
  readonly id: string
  readonly number: number
  readonly email: string | null
  readonly email_verified: boolean
  readonly phone: string | null
  readonly phone_verified: boolean
  readonly language: string | null
  readonly avatar_url: string | null
  readonly attributes: Readonly<Record<string, unknown>>
  readonly attribute_schema: { readonly properties: Readonly<Record<string, unknown>> }
  readonly deletion_due_at: string | null
  readonly reauthenticated: boolean
  readonly second_factor: boolean
  readonly session_id: string
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** The account API of the portal with one token. */
export const ownAccount = (url: string, token: string) => {
  const call = (method: Method, path: string, body?: unknown): Promise<Answer> =>
    request(`${url}/account/v1/${path}`, {
      method,
      headers: { ...bearer(token), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  const me = async (): Promise<Me> => {
    const answer = await call('GET', 'me')
    assert.equal(answer.status, 200, answer.text)
    return answer.json as Me
  }
  return {
    token,
    call,
    me,
    get: (path: string) => call('GET', path),
    post: (path: string, body?: unknown) => call('POST', path, body),
    put: (path: string, body?: unknown) => call('PUT', path, body),
    patch: (path: string, body?: unknown) => call('PATCH', path, body),
    remove: (path: string) => call('DELETE', path),
  }
}

export type OwnAccount = ReturnType<typeof ownAccount>
export type Owner = OwnAccount & {
  readonly account: Account
  readonly refreshToken: string
  readonly userId: string
  readonly sessionId: string
}

/** Another session of the account, by the password and what comes with it. */
export const signInAgain = async (url: string, account: Account, otp?: string): Promise<Owner> => {
  const form = new URLSearchParams({ username: account.username, password: account.password, ...(otp === undefined ? {} : { otp }) })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const pair = pairOf(await request(`${url}/auth/token`, { method: 'POST', headers, body: form.toString() }))
  const own = ownAccount(url, pair.access_token)
  const { id, session_id: sessionId } = await own.me()
  return { ...own, account, refreshToken: pair.refresh_token, userId: id, sessionId }
}

/** A new person, signed in a moment ago with a password. */
export const newOwner = async (url: string, account = newAccount()): Promise<Owner> => {
  const answer = await accountApi(url).register(account)
  assert.equal(answer.status, 200, answer.text)
  return signInAgain(url, account)
}

/** Lets the sign-in of a session be as long ago as that. */
export const age = ({ sql }: Pick<TestProvider, 'sql'>, { sessionId }: Pick<Owner, 'sessionId'>, minutes: number): Promise<unknown> =>
  sql.text(
    `update sessions set created_at = now() - make_interval(mins => $2), auth_time = auth_time - make_interval(mins => $2) where id = $1`,
    [sessionId, minutes],
  )

/** The types of the events of a person, oldest first. */
export const eventsOf = async ({ sql }: Pick<TestProvider, 'sql'>, { userId }: Pick<Owner, 'userId'>): Promise<readonly string[]> =>
  (await sql.text<{ type: string }>('select type from events where user_id = $1 order by at, id', [userId])).map(({ type }) => type)

export const countOf = (types: readonly string[], type: string): number => types.filter((one) => one === type).length

export const isRefusal = (answer: Answer, ...[status, detail]: readonly [number, string?]): void => {
  assert.equal(answer.status, status, answer.text)
  const said = (answer.json as { detail?: unknown }).detail
  if (detail !== undefined) assert.equal(said, detail)
  assert.ok(typeof said === 'string' || Array.isArray(said), answer.text)
}
