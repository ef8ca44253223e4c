import type { Upkeep } from '../jobs/jobs.ts'
import { dropExpiredTokens } from './personal-tokens.store.ts'

export const accessUpkeep: Upkeep = { task: 'tokens.removal', everySeconds: 3600, run: dropExpiredTokens }
