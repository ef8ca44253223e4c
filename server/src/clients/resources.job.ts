import { type Database, inTransaction, type Tx } from '../db/database.ts'
import { type EventMaker, makeEvent } from '../events/events.ts'
import { type Algorithm, firstAlgorithms } from '../keys/keys.ts'
import type { ApiResource } from './client.ts'
import { deleteResource, findResource, listResources, saveResource } from './clients.store.ts'
import { checkResource } from './resource.ts'
import { lockResource, resourceVersion } from './resource-changes.store.ts'

export { accessClaimNames } from './client.ts'
export { usualResource } from './resource.ts'

export type ResourceAdminDeps = {
  /** Inside a transaction of the caller's, a change belongs to that. */
  readonly db: Database | Tx
  readonly tenantId: string
  /** Makes the events of whoever asks; those of the command line where nothing is said. */
  readonly make?: EventMaker['make'] | undefined
  readonly ensureKey: (algorithm: Algorithm) => Promise<void>
}

export type SavedResource =
  | { readonly kind: 'saved'; readonly resource: ApiResource }
  | { readonly kind: 'invalid'; readonly problem: string }
  | { readonly kind: 'taken' | 'gone' | 'changed-meanwhile' }

type Versioned = { readonly identifier: string; readonly version?: string | undefined }

export type ResourceAdmin = {
  readonly create: (resource: ApiResource) => Promise<SavedResource>
  readonly update: (at: Versioned, changes: Partial<ApiResource>) => Promise<SavedResource>
  readonly find: (identifier: string) => Promise<ApiResource | undefined>
  /** Another one after each change; undefined where there is no such API. */
  readonly version: (identifier: string) => Promise<string | undefined>
  readonly list: () => Promise<readonly ApiResource[]>
  readonly remove: (identifier: string) => Promise<boolean>
}

const makerOf = ({ tenantId, make }: ResourceAdminDeps): EventMaker['make'] => make ?? ((input) => makeEvent({ ...input, tenantId }))

type Settled = { readonly kind: 'ready'; readonly resource: ApiResource } | Exclude<SavedResource, { kind: 'saved' }>

/** One change of a resource at a time: `settle` says what is to be saved, from what is there. */
const save = (
  deps: ResourceAdminDeps,
  { identifier, version }: Versioned,
  settle: (before: ApiResource | undefined) => Settled,
): Promise<SavedResource> =>
  inTransaction(deps.db, { isIdempotent: true }, async (tx: Tx): Promise<SavedResource> => {
    const { tenantId } = deps
    await lockResource(tenantId, tx, identifier)
    const settled = settle(await findResource(tenantId, tx, identifier))
    if (settled.kind !== 'ready') return settled
    if (version !== undefined && version !== (await resourceVersion(tenantId, tx, identifier))) return { kind: 'changed-meanwhile' }
    const { resource } = settled
    await saveResource(tenantId, tx, { resource, event: makerOf(deps)({ type: 'resource.saved', payload: { identifier } }) })
    return { kind: 'saved', resource }
  })

const checked = (resource: ApiResource): Settled => {
  const problem = checkResource(resource)
  return problem === undefined ? { kind: 'ready', resource } : { kind: 'invalid', problem }
}

// A key is made before the transaction: it takes long. One that is not needed after all does no harm.
const prepareKey = async ({ ensureKey }: ResourceAdminDeps, algorithm: Algorithm | undefined): Promise<void> => {
  if (algorithm !== undefined && !firstAlgorithms.includes(algorithm)) await ensureKey(algorithm)
}

/** What an operator does with the APIs that accept our access tokens. */
export const createResourceAdmin = (deps: ResourceAdminDeps): ResourceAdmin => {
  const { db, tenantId } = deps
  return {
    find: (identifier) => findResource(tenantId, db, identifier),
    list: () => listResources(tenantId, db),
    version: (identifier) => resourceVersion(tenantId, db, identifier),
    create: async (resource) => {
      const verdict = checked(resource)
      if (verdict.kind === 'ready') await prepareKey(deps, resource.signingAlgorithm)
      return save(deps, { identifier: resource.identifier }, (before) => (before === undefined ? verdict : { kind: 'taken' }))
    },
    update: async (at, changes) => {
      await prepareKey(deps, changes.signingAlgorithm)
      return save(deps, at, (before) =>
        before === undefined ? { kind: 'gone' } : checked({ ...before, ...changes, identifier: at.identifier }),
      )
    },
    remove: (identifier) =>
      deleteResource(tenantId, db, { identifier, event: makerOf(deps)({ type: 'resource.deleted', payload: { identifier } }) }),
  }
}
