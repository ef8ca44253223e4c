import { LRUCache } from 'lru-cache'
import { growing } from '../platform/growing.ts'
import type { Look } from './look.ts'
import type { OrganizationPolicy } from './organization-policy.ts'

/** What the pages of a request for an organization go by. What a token goes by is read from its row each time. */
export type OrganizationRules = { readonly id: string; readonly policy: OrganizationPolicy; readonly look: Look }

export type OrganizationRulesCache = {
  /** By id or slug; undefined for one that is not there or is suspended. */
  readonly get: (tenantId: string, named: string) => Promise<OrganizationRules | undefined>
  readonly clear: () => void
}

const ttlMs = 60_000

/** Keeps the rules of organizations until some of the tenant change, and for a minute at most. */
export const createOrganizationRules = (
  load: (tenantId: string, named: string) => Promise<OrganizationRules | undefined>,
): OrganizationRulesCache => {
  const kept = new LRUCache<string, OrganizationRules>({ ...growing(5000), ttl: ttlMs })
  let generation = 0
  return {
    get: async (tenantId, named) => {
      const key = `${tenantId}/${named}`
      const known = kept.get(key)
      if (known !== undefined) return known
      const began = generation
      const rules = await load(tenantId, named)
      // One that is not there yet may be there in a moment.
      if (rules !== undefined && generation === began) kept.set(key, rules)
      return rules
    },
    clear: () => {
      generation += 1
      kept.clear()
    },
  }
}
