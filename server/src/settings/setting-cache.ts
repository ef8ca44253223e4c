import { LRUCache } from 'lru-cache'
import { growing } from '../platform/growing.ts'

export type SettingCache = {
  /** The value under `key`, from memory for at most a minute; the caller knows the shape that it wrote. */
  readonly get: <T>(tenantId: string, key: string) => Promise<T | undefined>
  readonly clear: () => void
}

type Read = (tenantId: string, key: string) => Promise<unknown>

/** Settings of tenants in memory; a clear wins over loads that began before it. */
export const createSettingCache = (read: Read): SettingCache => {
  const known = new LRUCache<string, { readonly value: unknown }>({ ...growing(10_000), ttl: 60_000 })
  let generation = 0
  return {
    get: async <T>(tenantId: string, key: string) => {
      const name = `${tenantId} ${key}`
      const entry = known.get(name)
      if (entry !== undefined) return entry.value as T | undefined
      const began = generation
      const value = await read(tenantId, key)
      if (generation === began) known.set(name, { value })
      return value as T | undefined
    },
    clear: () => {
      generation += 1
      known.clear()
    },
  }
}
