export { countAccounts, type ExportedUser, exportPage } from './export.store.ts'
export { exportedLines, membersToExport } from './export-lines.ts'
