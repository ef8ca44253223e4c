import { createResourceAdmin, type ResourceAdmin, type SavedResource } from '../clients/resources.job.ts'
import type { Base } from '../compose.ts'
import type { Outside } from '../compose-config-outside.ts'
import type { Tx } from '../db/database.ts'
import { changeConfig } from './config-change.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { facts, plain } from './output.ts'
import { outsideOf } from './outside.ts'

export type Resource = Extract<SavedResource, { kind: 'saved' }>['resource']

const adminOf = ({ tenantId }: Base, db: Base['db'] | Tx, { ensureKey }: Pick<Outside, 'ensureKey'>): ResourceAdmin =>
  createResourceAdmin({ db, tenantId, ensureKey })

type Change<T> = { readonly isRefused: (outcome: T) => boolean; readonly work: (admin: ResourceAdmin) => Promise<T> }

const isUnsaved = ({ kind }: SavedResource): boolean => kind !== 'saved'

const configured = (base: Base): ResourceAdmin => {
  const change = <T>(identifier: string, { isRefused, work }: Change<T>): Promise<T> =>
    changeConfig<T>(base, {
      ...{ section: 'resources', name: () => identifier, isRefused },
      work: ({ tx, ensureKey }) => work(adminOf(base, tx, { ensureKey })),
    })
  return {
    ...adminOf(base, base.db, outsideOf(base)),
    create: (resource) => change(resource.identifier, { isRefused: isUnsaved, work: (admin) => admin.create(resource) }),
    update: (at, to) => change(at.identifier, { isRefused: isUnsaved, work: (admin) => admin.update(at, to) }),
    remove: (identifier) => change(identifier, { isRefused: (isGone) => !isGone, work: (admin) => admin.remove(identifier) }),
  }
}

/** Runs `work` with the APIs of the database that the settings name; each change of one is a version of the configuration. */
export const onResources = <T>(work: (admin: ResourceAdmin) => Promise<T>): Promise<T> => onDatabase((base) => work(configured(base)))

export const resourceJson = (resource: Resource): Readonly<Record<string, unknown>> => ({
  identifier: resource.identifier,
  name: resource.name,
  scopes: resource.scopes,
  access_token_ttl_seconds: resource.accessTokenTtlSeconds ?? null,
  signing_algorithm: resource.signingAlgorithm,
  token_format: resource.tokenFormat,
  access_claims: resource.accessClaims,
})

export const resourceLines = (resource: Resource): string[] =>
  facts([
    ['identifier', resource.identifier],
    ['name', resource.name],
    ['scopes', resource.scopes.join(' ')],
    ['access tokens', resource.accessTokenTtlSeconds === undefined ? 'as long as all' : `${resource.accessTokenTtlSeconds} s`],
    ['signed with', resource.signingAlgorithm],
    ['token format', resource.tokenFormat],
    ['tells of access', resource.accessClaims.length === 0 ? 'nothing' : resource.accessClaims.join(' ')],
  ])

export const unknownResource = (identifier: string): CliError =>
  new CliError(`There is no API "${plain(identifier)}". See: cip resources list`)

/** The API that was saved, or the error that says why not. */
export const savedResource = (saved: SavedResource, identifier: string): Resource => {
  if (saved.kind === 'saved') return saved.resource
  if (saved.kind === 'invalid') throw new CliError(saved.problem)
  if (saved.kind === 'gone' || saved.kind === 'changed-meanwhile') throw unknownResource(identifier)
  throw new CliError(`There is an API "${plain(identifier)}" already. Change it with: cip resources update`)
}
