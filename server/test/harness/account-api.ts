import assert from 'node:assert/strict'
import { type Answer, bearer, form, json, request } from './http.ts'

export type Account = { readonly username: string; readonly email: string; readonly password: string }
export type Pair = { readonly access_token: string; readonly refresh_token: string; readonly expires_in: number; readonly scope: string }

let count = 0

/** An account that no other test of the file has. */
export const newAccount = (password = 'correct horse battery'): Account => {
  count += 1
  const username = `user-${process.pid}-${count}`
  return { username, email: `${username}@example.com`, password }
}

export const pairOf = (answer: Answer): Pair => {
  assert.equal(answer.status, 200, answer.text)
  return answer.json as Pair
}

export type AccountApi = ReturnType<typeof accountApi>

/** The account API of a server, one call per endpoint. */
export const accountApi = (url: string) => {
  const register = (account: Account): Promise<Answer> => request(`${url}/auth/register`, json(account))
  const token = ({ username, password }: Pick<Account, 'username' | 'password'>): Promise<Answer> =>
    request(`${url}/auth/token`, form({ username, password }))
  return {
    register,
    token,
    me: (accessToken: string): Promise<Answer> => request(`${url}/auth/me`, { headers: bearer(accessToken) }),
    refresh: (refreshToken: string): Promise<Answer> => request(`${url}/auth/token/refresh`, form({ refresh_token: refreshToken })),
    revoke: (refreshToken: string): Promise<Answer> => request(`${url}/auth/token/revoke`, form({ refresh_token: refreshToken })),
    logout: (accessToken: string): Promise<Answer> => request(`${url}/auth/logout`, { method: 'POST', headers: bearer(accessToken) }),
    /** A new account that is signed in. */
    join: async (account = newAccount()): Promise<{ account: Account; pair: Pair }> => {
      const registered = await register(account)
      assert.equal(registered.status, 200, registered.text)
      return { account, pair: pairOf(await token(account)) }
    },
  }
}
