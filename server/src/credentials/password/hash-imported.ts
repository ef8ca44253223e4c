import type { HashPool } from './hash-pool.ts'
import { UnhashablePassword } from './hashability.ts'
import { normalizePassword } from './normalize.ts'

export type ImportedHash = { readonly encoded: string } | { readonly reason: string }

/** Hashes a password in the clear of an import; what cannot be hashed is the reason why its row is refused. */
export const hashImported =
  (pool: Pick<HashPool, 'hash'>) =>
  async (text: string): Promise<ImportedHash> => {
    const password = normalizePassword(text)
    if (password.kind === 'refused') return { reason: `password: ${password.sentence}` }
    try {
      return { encoded: await pool.hash(password.secret) }
    } catch (error) {
      if (error instanceof UnhashablePassword) return { reason: `password: ${error.message}` }
      throw error
    }
  }
