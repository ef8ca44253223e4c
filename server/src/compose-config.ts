import { changesAdminRoutes } from './admin/changes.admin.routes.ts'
import { type Changes, createChanges } from './admin/changes.job.ts'
import { configAdminRoutes } from './admin/config.admin.routes.ts'
import { type ConfigAdmin, createConfigAdmin } from './admin/config.job.ts'
import { problemsOfForm, type Section } from './admin/config-run.job.ts'
import { configSchema, schemaOfItem } from './admin/config-schema.ts'
import type { ConfigDocument } from './admin/document.ts'
import { groupsSection, rolesSection } from './compose-config-access.ts'
import { clientsSection, resourcesSection } from './compose-config-clients.ts'
import { organizationRolesSection } from './compose-config-organizations.ts'
import type { Parts, SectionOf } from './compose-config-parts.ts'
import { settingsSection, templatesSection } from './compose-config-settings.ts'
import type { Configuring } from './compose-config-single.ts'
import { webhooksSection } from './compose-config-webhooks.ts'
import { keyChangesOf, rotationOf } from './compose-keys.ts'
import { record } from './events/events.store.ts'
import type { AnyRoute } from './http/route.ts'
import { schemaCheck } from './http/validation.ts'
import type { LoadedKeys } from './keys/keys.job.ts'
import { type Algorithm, ensureKeys } from './keys/keys.ts'
import { needsApproval } from './settings/settings.job.ts'
import type { SettingCache } from './settings/settings.ts'
import type { Base } from './tenants/base.job.ts'

// What others refer to stands before them.
const sectionsOf = (parts: Parts): readonly SectionOf[] => [
  rolesSection(parts),
  resourcesSection(parts),
  clientsSection(parts),
  groupsSection(parts),
  organizationRolesSection(parts),
  templatesSection(parts),
  webhooksSection(parts),
  settingsSection(parts),
]

const checks = new WeakMap<object, ReturnType<typeof schemaCheck>>()

const checked = (section: SectionOf): Section => ({
  ...section,
  check: (key, item) => {
    const schema = schemaOfItem(section, key)
    if (schema === undefined) return [{ at: [], sentence: 'Nothing is called so here. See the schema of the file.' }]
    const check = checks.get(schema) ?? schemaCheck(schema, 'body')
    checks.set(schema, check)
    const problems = check(item).map(({ loc, msg }) => ({ at: loc.slice(1).map(String), sentence: `${msg}.` }))
    return problems.length > 0 ? problems : (section.check?.(key, item) ?? [])
  },
})

const sectorsIn = (document: ConfigDocument): readonly string[] =>
  Object.values(document['clients'] ?? {}).flatMap((client) => {
    const uri = (client?.['metadata'] as { readonly sector_identifier_uri?: unknown } | undefined)?.sector_identifier_uri
    return typeof uri === 'string' ? [uri] : []
  })

type Fetched = { readonly value: unknown } | { readonly error: unknown }

/** Answers that were fetched before a transaction, for the checks inside of it. */
const fetchedAhead = (fetchJson: (uri: string) => Promise<unknown>) => {
  const known = new Map<string, Fetched>()
  return {
    prefetch: async (document: ConfigDocument): Promise<void> => {
      for (const uri of sectorsIn(document))
        if (!known.has(uri))
          known.set(
            uri,
            await fetchJson(uri).then(
              (value) => ({ value }),
              (error: unknown) => ({ error }),
            ),
          )
    },
    fetchJson: async (uri: string): Promise<unknown> => {
      const found = known.get(uri)
      if (found !== undefined && 'value' in found) return found.value
      throw found?.error ?? new Error('It was not fetched.')
    },
  }
}

type At = Pick<Base, 'config' | 'db' | 'tenantId'> & {
  readonly fetchJson: (uri: string) => Promise<unknown>
  readonly forget: () => void
  readonly reloadKeys: () => Promise<void> | void
}

/** The configuration of a tenant as one document; made anew for each use, because it remembers what it fetched. */
export const configAdminOf = ({ config, db, tenantId, fetchJson, forget, reloadKeys }: At): ConfigAdmin => {
  const ahead = fetchedAhead(fetchJson)
  const wanted = new Set<Algorithm>()
  const ensureKey = async (algorithm: Algorithm): Promise<void> => void wanted.add(algorithm)
  const parts = { config, db, tenantId, fetchJson: ahead.fetchJson, ensureKey }
  return createConfigAdmin({
    ...{ db, tenantId, record, forget, prefetch: ahead.prefetch },
    sections: sectionsOf(parts).map(checked),
    needsApproval: (tx) => needsApproval(tenantId, tx),
    makeKeys: async () => {
      if (wanted.size === 0) return
      await ensureKeys(keyChangesOf(parts), rotationOf(parts), [...wanted])
      await reloadKeys()
    },
  })
}

const nowhere = {} as Parts

/** The JSON Schema of a configuration file. */
export const configFileSchema = () => configSchema(sectionsOf(nowhere))

/** What is wrong with the form of a document, found without a database. */
export const problemsOfFile = (document: ConfigDocument) => problemsOfForm({ sections: sectionsOf(nowhere).map(checked), document })

type Routing = Omit<At, 'forget' | 'reloadKeys'> & {
  readonly settings: SettingCache
  readonly keys: Pick<LoadedKeys, 'reload'>
  readonly forgetClients: () => void
}

/** Changes of the tenant that wait for a second person. */
export const changesOf = (parts: Routing): Changes => {
  const { db, tenantId } = parts
  return createChanges({ db, tenantId, record, config: () => configOf(parts) })
}

const configOf = ({ settings, keys, forgetClients, ...at }: Routing): ConfigAdmin =>
  configAdminOf({
    ...{ ...at, reloadKeys: keys.reload },
    forget: () => {
      settings.clear()
      forgetClients()
    },
  })

/** The routes of the configuration as one document, and of changes that wait. */
export const configRoutes = (parts: Routing, edge: { readonly cursorKey: Uint8Array; readonly limit: number }): readonly AnyRoute[] => {
  const changes = changesOf(parts)
  return [
    ...configAdminRoutes({ ...edge, config: () => configOf(parts), changes, schema: configFileSchema() }),
    ...changesAdminRoutes({ ...edge, changes, visible: (permissions) => configOf(parts).visible({ permissions }) }),
  ]
}

/** What the routes that change one thing of the configuration need to keep it as a version, or to let it wait. */
export const configuringOf = (parts: Routing & { readonly ensureKey: Configuring['ensureKey'] }): Configuring => {
  const { db, tenantId, fetchJson, ensureKey, settings, forgetClients } = parts
  const forget = (): void => {
    settings.clear()
    forgetClients()
  }
  return { db, tenantId, fetchJson, ensureKey, forget, config: () => configOf(parts), changes: changesOf(parts) }
}

export type { ConfigActing, ConfigAdmin } from './admin/config.job.ts'
export {
  type Change as ConfigChange,
  type ConfigDocument,
  type ConfigProblem,
  compareDocuments,
  countsOf,
  readConfig,
  writtenConfig,
} from './admin/document.ts'
