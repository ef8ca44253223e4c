/** Where a hook of the tenant is asked. */
export const hookPoints = ['before_registration', 'before_token', 'after_sign_in'] as const
export type HookPoint = (typeof hookPoints)[number]

/** A hook as it is kept. `onFailure` says what happens where it does not answer: the person goes on, or not. */
export type Hook = {
  readonly url: string
  readonly isEnabled: boolean
  readonly timeoutMs: number
  readonly onFailure: 'allow' | 'refuse'
  readonly secretVersion: number
}

export type Hooks = { readonly [P in HookPoint]?: Hook }

export const hooksKey = 'hooks'

/** What a hook answered; `attributes` and `claims` where it gave any. */
export type HookAnswer = {
  readonly action: 'allow' | 'refuse'
  readonly message: string | undefined
  readonly members: Readonly<Record<string, unknown>>
}

export type HookVerdict =
  | { readonly kind: 'none' }
  | { readonly kind: 'allowed'; readonly members: Readonly<Record<string, unknown>>; readonly onFailure: Hook['onFailure'] }
  | { readonly kind: 'refused'; readonly sentence: string }

/** What people are told where a hook refuses without a sentence, or cannot be asked. */
export const silentRefusal = 'The operator of this service does not allow this.'
export const failedRefusal = 'This cannot be checked at the moment. Try again later.'

const messageLengthMax = 200
const known: Readonly<Record<HookPoint, readonly string[]>> = {
  before_registration: ['attributes'],
  before_token: ['claims', 'id_token_claims'],
  after_sign_in: [],
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads what a hook answered with 2xx; undefined where it is none of what a hook says. */
export const readHookAnswer = (point: HookPoint, text: string): HookAnswer | undefined => {
  if (text.trim() === '') return { action: 'allow', message: undefined, members: {} }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isObject(value)) return undefined
  const { action = 'allow', message, ...members } = value
  if (action !== 'allow' && action !== 'refuse') return undefined
  const isPlain =
    message === undefined ||
    (typeof message === 'string' && message.length <= messageLengthMax && !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(message))
  if (!isPlain) return undefined
  const names = Object.keys(members)
  if (!names.every((name) => known[point].includes(name) && isObject(members[name]))) return undefined
  return { action, message: message === '' ? undefined : (message as string | undefined), members }
}

const claimsMax = 50
const claimsBytesMax = 4096

/** The claims that a hook may add: none that the protocol or the scopes give a meaning to, and not too many. Undefined where there are others. */
export const readHookClaims = (given: unknown, reserved: readonly string[]): Readonly<Record<string, unknown>> | undefined => {
  if (given === undefined) return {}
  if (!isObject(given)) return undefined
  const names = Object.keys(given)
  if (names.length > claimsMax || Buffer.byteLength(JSON.stringify(given)) > claimsBytesMax) return undefined
  return names.some((name) => name === '' || name.length > 100 || name === '__proto__' || reserved.includes(name)) ? undefined : given
}
