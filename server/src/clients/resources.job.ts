import type { Database } from '../db/database.ts'
import { makeEvent } from '../events/events.ts'
import { type Algorithm, firstAlgorithms } from '../keys/keys.ts'
import type { ApiResource } from './client.ts'
import { deleteResource, findResource, listResources, saveResource } from './clients.store.ts'
import { checkResource } from './resource.ts'

export type ResourceAdminDeps = {
  readonly db: Database
  readonly tenantId: string
  readonly ensureKey: (algorithm: Algorithm) => Promise<void>
}

export type SavedResource =
  | { readonly kind: 'saved'; readonly resource: ApiResource }
  | { readonly kind: 'invalid'; readonly problem: string }
  | { readonly kind: 'taken' | 'gone' }

export type ResourceAdmin = {
  readonly create: (resource: ApiResource) => Promise<SavedResource>
  readonly update: (identifier: string, changes: Partial<ApiResource>) => Promise<SavedResource>
  readonly find: (identifier: string) => Promise<ApiResource | undefined>
  readonly list: () => Promise<readonly ApiResource[]>
  readonly remove: (identifier: string) => Promise<boolean>
}

const save = async ({ db, tenantId, ensureKey }: ResourceAdminDeps, resource: ApiResource): Promise<SavedResource> => {
  const problem = checkResource(resource)
  if (problem !== undefined) return { kind: 'invalid', problem }
  const { identifier, signingAlgorithm } = resource
  if (!firstAlgorithms.includes(signingAlgorithm)) await ensureKey(signingAlgorithm)
  const event = makeEvent({ tenantId, type: 'resource.saved', payload: { identifier } })
  await saveResource(tenantId, db, { resource, event })
  return { kind: 'saved', resource }
}

/** What an operator does with the APIs that accept our access tokens. */
export const createResourceAdmin = (deps: ResourceAdminDeps): ResourceAdmin => {
  const { db, tenantId } = deps
  const find = (identifier: string): Promise<ApiResource | undefined> => findResource(tenantId, db, identifier)
  return {
    find,
    list: () => listResources(tenantId, db),
    create: async (resource) => ((await find(resource.identifier)) === undefined ? save(deps, resource) : { kind: 'taken' }),
    update: async (identifier, changes) => {
      const before = await find(identifier)
      return before === undefined ? { kind: 'gone' } : save(deps, { ...before, ...changes, identifier })
    },
    remove: (identifier) =>
      deleteResource(tenantId, db, {
        identifier,
        event: makeEvent({ tenantId, type: 'resource.deleted', payload: { identifier } }),
      }),
  }
}
