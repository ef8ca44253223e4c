export { findTenantId } from './tenants.store.ts'
