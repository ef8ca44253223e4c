import type { SignInPolicy } from '../../login/login.ts'
import type { SignInWay } from '../../pages/sign-in-way-page.ts'

/** The ways that the tenant allows to come in, the usual one first. They are the same for everybody. */
export const signInWays = ({ methods }: Pick<SignInPolicy, 'methods'>, hasPasskeys: boolean): readonly SignInWay[] =>
  (['password', 'passkey', 'email-code'] as const).filter((way) => methods[way] && (way !== 'passkey' || hasPasskeys))

/** Whether the name is asked for first, on a page of its own: where the tenant wants it so, and where there is no password that could stand beside it. */
export const isNameFirst = ({ form, methods }: Pick<SignInPolicy, 'form' | 'methods'>): boolean =>
  form === 'identifier-first' || !methods.password
