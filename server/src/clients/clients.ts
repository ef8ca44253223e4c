import type { Database } from '../db/database.ts'
import { type ClientCache, createClientCache } from './client-cache.ts'
import { findClient, findResource } from './clients.store.ts'
import { registrationStore } from './registration.store.ts'
import { createRegistration, type Registration, type RegistrationDeps } from './registration.ts'

export type { ApiResource, Client, ClientSecret, TokenEndpointAuthMethod } from './client.ts'
export type { ClientCache } from './client-cache.ts'
export { clientSecretContext } from './client-secret.ts'
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

/** Dynamic registration on a database. */
export const openRegistration = (db: Database, deps: Omit<RegistrationDeps, 'store'>): Registration =>
  createRegistration({ store: registrationStore(db), ...deps })
