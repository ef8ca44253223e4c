import { createResourceAdmin, type ResourceAdmin, type SavedResource } from '../clients/resources.job.ts'
import { ensureKeyOf } from './clients-base.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { facts, plain } from './output.ts'

export type Resource = Extract<SavedResource, { kind: 'saved' }>['resource']

/** Runs `work` with the APIs of the database that the settings name. */
export const onResources = <T>(work: (admin: ResourceAdmin) => Promise<T>): Promise<T> =>
  onDatabase((base) => work(createResourceAdmin({ db: base.db, tenantId: base.tenantId, ensureKey: ensureKeyOf(base) })))

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
