import { systemClock } from '../platform/clock.ts'
import { createReusedValues, type ReusedValues } from './reused-values.ts'

type Log = { readonly warn: (fields: Record<string, unknown>, message: string) => void }

const reusedAdvice = {
  nonce: 'an application sends the same nonce with many authorization requests: it must make a new random one for each',
  code_challenge:
    'an application sends the same code_challenge with many authorization requests: it must make a new random code_verifier for each',
} as const

/** Notices values of all tenants that should be new and are not. The value itself is never printed: it protects sign-ins that are under way. */
export const watchReuse = (log: Log): ReusedValues =>
  createReusedValues({ onReuse: ({ kind, ...reuse }) => log.warn({ ...reuse, parameter: kind }, reusedAdvice[kind]), now: systemClock })
