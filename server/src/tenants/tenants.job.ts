import type { Sql } from '../db/database.ts'
import { readState, writeState } from './state.store.ts'

export { readState, writeState }

/** Whether the installation has never been started before. */
export const isNewInstallation = async (sql: Sql): Promise<boolean> => (await readState(sql, 'settings')) === undefined
