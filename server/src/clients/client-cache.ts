import { LRUCache } from 'lru-cache'
import { growing } from '../platform/growing.ts'
import { isStorable } from '../platform/storable.ts'
import type { ApiResource, Client } from './client.ts'

export type ClientCache = {
  readonly client: (tenantId: string, id: string) => Promise<Client | undefined>
  readonly resource: (tenantId: string, identifier: string) => Promise<ApiResource | undefined>
  readonly clear: () => void
}

type Loader<T> = (tenantId: string, name: string) => Promise<T | undefined>
type Entry<T> = { readonly value: T | undefined }

const ttlMs = 60_000
const absentTtlMs = 2000
// The longest is the identifier of an API.
const nameCharactersMax = 512

const cacheOf = <T>(load: Loader<T>) => {
  const entries = new LRUCache<string, Entry<T>>(growing(20_000))
  const loading = new Map<string, Promise<T | undefined>>()
  let generation = 0
  const fetch = async (key: string, tenantId: string, name: string): Promise<T | undefined> => {
    const began = generation
    const value = await load(tenantId, name)
    if (generation === began) entries.set(key, { value }, { ttl: value === undefined ? absentTtlMs : ttlMs })
    return value
  }
  return {
    get: (tenantId: string, name: string): Promise<T | undefined> => {
      // No row has such a name: nothing is asked for it, and nothing remembered, or long ones would fill the memory.
      if (name.length > nameCharactersMax || !isStorable(name)) return Promise.resolve(undefined)
      const key = `${tenantId}/${name}`
      const known = entries.get(key)
      if (known !== undefined) return Promise.resolve(known.value)
      const running = loading.get(key)
      if (running !== undefined) return running
      const started = fetch(key, tenantId, name).finally(() => loading.delete(key))
      loading.set(key, started)
      return started
    },
    clear: (): void => {
      generation += 1
      entries.clear()
      loading.clear()
    },
  }
}

/** Clients and API resources in memory for at most a minute, absent ones for two seconds; a clear wins over loads that began before it. */
export const createClientCache = (load: { readonly client: Loader<Client>; readonly resource: Loader<ApiResource> }): ClientCache => {
  const clients = cacheOf(load.client)
  const resources = cacheOf(load.resource)
  return {
    client: clients.get,
    resource: resources.get,
    clear: () => {
      clients.clear()
      resources.clear()
    },
  }
}
