// The front door of this folder: what other slices may use.
export { accessStore } from './access.store.ts'
export { type AccessClaims, type FindAccess, findAccess } from './access-claims.store.ts'
export { type AdministratorDeps, createAdministratorCheck } from './administrator.ts'
export { isPermission, permissions } from './permissions.ts'
