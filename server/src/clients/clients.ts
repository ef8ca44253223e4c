import type { Database } from '../db/database.ts'
import { builtInClients, withBuiltIn } from './built-in.ts'
import type { Client } from './client.ts'
import { type ClientCache, createClientCache } from './client-cache.ts'
import { anchorBuiltIn, findClient, findResource } from './clients.store.ts'
import { registrationStore } from './registration.store.ts'
import { createRegistration, type Registration, type RegistrationDeps } from './registration.ts'

export { type ApiResource, accessClaimNames, type Client, type ClientSecret, type TokenEndpointAuthMethod } from './client.ts'
export type { ClientCache } from './client-cache.ts'
export { clientSecretContext } from './client-secret.ts'
export { clientInLanguage, logosOf } from './in-language.ts'
export { type ClientMetadata, type MetadataPolicy, type MetadataVerdict, readMetadata, supported } from './metadata.ts'
export { problemOfRedirectUri, problemOfWebUri } from './redirect-uri.ts'
export type { Outcome as RegistrationOutcome, Registered, Registration } from './registration.ts'
export type { RegistrationPolicy } from './registration-policy.ts'
export type { SectorVerdict } from './sector.ts'

/** The clients and API resources of a database, in memory. */
export const openClients = (db: Database): ClientCache =>
  createClientCache({
    client: (tenantId, id) => findClient(tenantId, db, id),
    resource: (tenantId, name) => findResource(tenantId, db, name),
  })

type FindClient = (tenantId: string, id: string) => Promise<Client | undefined>

/** How one tenant finds clients: the platform's own ones are always there, whatever the database says of them. */
export const openTenantClients = async (
  db: Database,
  { tenantId, issuer, findClient: find }: { tenantId: string; issuer: string; findClient: FindClient },
): Promise<FindClient> => {
  await anchorBuiltIn(tenantId, db)
  return withBuiltIn(find, builtInClients(tenantId, issuer))
}

/** Dynamic registration on a database. */
export const openRegistration = (db: Database, deps: Omit<RegistrationDeps, 'store'>): Registration =>
  createRegistration({ store: registrationStore(db), ...deps })
