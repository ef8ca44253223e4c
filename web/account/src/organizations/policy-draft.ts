import type { OrganizationPolicy } from '@custom-identity-platform/sdk'

type Body = Pick<OrganizationPolicy, 'second_factor' | 'session_seconds' | 'methods'>
export type Method = NonNullable<OrganizationPolicy['methods']>[number]

/** The rules as a form holds them: which methods are ticked is kept while all of them count. */
export type PolicyDraft = {
  readonly second_factor: OrganizationPolicy['second_factor']
  readonly session_seconds: number | null
  readonly isLimited: boolean
  readonly methods: readonly Method[]
}

export const draftOf = ({ second_factor, session_seconds, methods, tenant_methods: offered }: OrganizationPolicy): PolicyDraft => ({
  ...{ second_factor, session_seconds },
  isLimited: methods !== null,
  methods: methods ?? (offered as readonly Method[]),
})

export const bodyOf = ({ second_factor, session_seconds, isLimited, methods }: PolicyDraft): Body => ({
  ...{ second_factor, session_seconds },
  methods: isLimited ? methods : null,
})

const [minute, hour, day] = [60, 3600, 86_400]
/** Usual lengths, in seconds. */
export const spans = [15 * minute, hour, 4 * hour, 8 * hour, day, 7 * day, 30 * day] as const

/** A span in the largest unit that it is whole in. */
export const unitOf = (seconds: number): { readonly unit: 'days' | 'hours' | 'minutes'; readonly count: number } => {
  if (seconds % day === 0) return { unit: 'days', count: seconds / day }
  if (seconds % hour === 0) return { unit: 'hours', count: seconds / hour }
  return { unit: 'minutes', count: Math.round(seconds / minute) }
}
