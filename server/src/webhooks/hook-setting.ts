import { type Static, Type } from 'typebox'
import { type Hook, type HookPoint, type Hooks, hookPoints } from './hooks.ts'

const HookBody = Type.Object(
  {
    url: Type.String({ minLength: 1, maxLength: 2000 }),
    enabled: Type.Optional(Type.Boolean()),
    timeout_ms: Type.Optional(Type.Integer({ minimum: 100, maximum: 5000, default: 2000 })),
    on_failure: Type.Unsafe<Hook['onFailure']>({
      ...{ type: 'string', enum: ['allow', 'refuse'] },
      description: 'Whether people go on where the hook does not answer, or answers something else than it may.',
    }),
    secret_version: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1000, description: 'One more makes another secret; the one before signs beside it.' }),
    ),
  },
  { additionalProperties: false },
)
type HookBody = Static<typeof HookBody>

/** The hooks of a tenant on the wire. */
export const HooksSetting = Type.Object(
  {
    before_registration: Type.Optional(HookBody),
    before_token: Type.Optional(HookBody),
    after_sign_in: Type.Optional(HookBody),
  },
  {
    additionalProperties: false,
    examples: [{ before_registration: { url: 'https://hooks.example.com/registration', on_failure: 'refuse' } }],
  },
)

const bodyOf = ({ url, isEnabled, timeoutMs, onFailure, secretVersion }: Hook): HookBody => ({
  ...{ url, enabled: isEnabled, timeout_ms: timeoutMs, on_failure: onFailure, secret_version: secretVersion },
})

const hookOf = ({ url, enabled = true, timeout_ms = 2000, on_failure, secret_version = 1 }: HookBody): Hook => ({
  ...{ url, isEnabled: enabled, timeoutMs: timeout_ms, onFailure: on_failure, secretVersion: secret_version },
})

const mapped = <From, To>(all: { readonly [P in HookPoint]?: From }, change: (one: From) => To): { [P in HookPoint]?: To } =>
  Object.fromEntries(hookPoints.flatMap((point) => (all[point] === undefined ? [] : [[point, change(all[point])]])))

export const shownHooks = (stored: unknown) => mapped((stored as Hooks | undefined) ?? {}, bodyOf)

type Verdict = { readonly kind: 'valid'; readonly value: Hooks } | { readonly kind: 'refused'; readonly problems: readonly string[] }

/** Hooks that may be kept; `problemOf` says what is wrong with an address. */
export const checkHooks = (given: unknown, problemOf: (url: string) => string | undefined): Verdict => {
  const value = mapped(given as { readonly [P in HookPoint]?: HookBody }, hookOf)
  const problems = Object.entries(value).flatMap(([point, { url }]) => {
    const problem = problemOf(url)
    return problem === undefined ? [] : [`${point}: ${problem}`]
  })
  return problems.length > 0 ? { kind: 'refused', problems } : { kind: 'valid', value }
}
