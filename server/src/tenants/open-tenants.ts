import { LRUCache } from 'lru-cache'

export type TenantName = { readonly id: string; readonly slug: string }

/** What is open of a tenant in this process; `stop` ends what runs beside its requests. */
export type Open = { readonly stop: () => void }

export type OpenTenants<T extends Open> = {
  /** The tenant under this slug, opened where it is not; undefined where none is served. */
  readonly find: (slug: string) => Promise<T | undefined>
  readonly all: () => readonly T[]
  readonly stop: () => void
}

export type OpenTenantsDeps<T extends Open> = {
  readonly look: (slug: string) => Promise<TenantName | undefined>
  readonly open: (tenant: TenantName) => Promise<T>
}

// Well within the 5 s in which a suspended tenant must be refused everywhere.
const lookMs = 2000
const openMax = 200

/** Opens tenants when they are asked for and closes those that nobody asks for any more: at rest a tenant costs nothing. */
export const createOpenTenants = <T extends Open>({ look, open }: OpenTenantsDeps<T>, idleMs = 300_000): OpenTenants<T> => {
  const known = new LRUCache<string, { readonly tenant: TenantName | undefined }>({
    max: 10_000,
    ttl: lookMs,
    fetchMethod: async (slug) => ({ tenant: await look(slug) }),
  })
  const opened = new LRUCache<string, T, TenantName>({
    max: openMax,
    ttl: idleMs,
    updateAgeOnGet: true,
    fetchMethod: (_, __, { context }) => open(context),
    dispose: (one) => one.stop(),
  })
  const timer = setInterval(() => opened.purgeStale(), idleMs)
  timer.unref()
  return {
    find: async (slug) => {
      const tenant = (await known.fetch(slug))?.tenant
      return tenant && opened.fetch(tenant.id, { context: tenant })
    },
    all: () => [...opened.values()],
    stop: () => {
      clearInterval(timer)
      opened.clear()
    },
  }
}
