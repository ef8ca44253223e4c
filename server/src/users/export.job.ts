export { countAccounts, type ExportedUser, exportPage } from './export.store.ts'
