import { AppError, invalid, type ValidationProblem } from '../../http/errors.ts'
import type { Actor, Limit } from '../../http/route.ts'
import type { AccountDeps } from './account.ts'

export const shared = { tag: 'self-service', isCredential: true } as const

export const perActor = ({ limit: max }: Pick<AccountDeps, 'limit'>): Limit => ({ by: 'actor', max, seconds: 60 })

/** Requests that send something or cost much: a few a minute, whatever the setting is. */
export const fewPerActor = ({ limit }: Pick<AccountDeps, 'limit'>): Limit => ({ by: 'actor', max: Math.min(limit, 20), seconds: 60 })

/** Also for what belongs to somebody else: who asks learns no more of it than of what is not there. */
export const notFound = (): AppError => new AppError({ status: 404, code: 'not-found', detail: 'Not Found' })

export const gone = (): AppError =>
  new AppError({
    status: 401,
    code: 'not-authenticated',
    detail: 'Invalid authentication credentials',
    headers: { 'www-authenticate': 'Bearer' },
  })

export const badField = (path: readonly string[], type: string, msg: string): AppError => invalid([badValue(path, type, msg)])

export const badValue = (path: readonly string[], type: string, msg: string): ValidationProblem => ({
  type,
  loc: ['body', ...path],
  msg,
  input: null,
})

/** The account behind the token; the 401 where it has gone meanwhile. */
export const ownAccount = async ({ account }: Pick<AccountDeps, 'account'>, { tenantId, userId }: Actor) => {
  const own = await account.find(tenantId, userId)
  if (own === undefined) throw gone()
  return own
}

/** The language to write in where the person chose none. */
export const languageOf = (header: string | readonly string[] | undefined): string =>
  /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*/.exec([header ?? ''].flat()[0] ?? '')?.[0].slice(0, 35) ?? 'en'

/** A typed code that is none, or that nobody waits for any more. */
export const codeRefusal = (kind: 'wrong' | 'gone') => {
  const detail = kind === 'wrong' ? 'This code is not right' : 'No code is open any more. Ask for a new one'
  return { status: 400, body: { detail } } as const
}

/** A code as it was typed, without the spaces and hyphens between its digits. */
export const digitsOf = ({ code }: { readonly code: string }): string => code.replaceAll(/[\s-]/g, '')
