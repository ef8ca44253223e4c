export { findTenantId, findTenantSlug } from './tenants.store.ts'
