export { revokeAgain, revokedKeys } from './keys.store.ts'
