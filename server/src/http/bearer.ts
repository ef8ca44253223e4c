import { AppError } from './errors.ts'

const challenge = { 'www-authenticate': 'Bearer' }

const refusal = (detail: string): AppError => new AppError({ status: 401, code: 'not-authenticated', detail, headers: challenge })

/** The token of `Authorization: Bearer ...` (RFC 6750 section 2.1; the scheme in any case), or the 401 of the account API. */
export const bearerToken = (authorization: string | undefined): string => {
  const match = /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec((authorization ?? '').slice(0, 9000))
  if (match?.[1] !== undefined) return match[1]
  throw refusal(/^bearer +\S/i.test(authorization ?? '') ? 'Invalid authentication credentials' : 'Not authenticated')
}

export const invalidCredentials = (): AppError => refusal('Invalid authentication credentials')

/** Turns a check of bearer tokens into the authentication of routes: no token, or one that nobody stands behind, is a 401. */
export const bearerAuthentication =
  <Known>(check: (token: string) => Promise<Known | undefined>) =>
  async (authorization: string | undefined): Promise<Known> => {
    const actor = await check(bearerToken(authorization))
    if (actor === undefined) throw invalidCredentials()
    return actor
  }
