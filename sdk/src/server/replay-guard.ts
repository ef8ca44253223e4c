/** Spends the id of a proof. True for the first alone; `expiresAt` in seconds since 1970, after which it may be forgotten. */
export type ReplayGuard = { readonly spend: (id: string, expiresAt: number) => boolean | Promise<boolean> }

/**
 * Remembers proofs in this process. Several processes of one API need one memory, such as a table whose primary key is the id
 * or `SET NX` of Redis. Where it is full, nothing more is spent until something expires.
 */
export const memoryReplayGuard = ({ max = 100_000, now = () => Date.now() / 1000 } = {}): ReplayGuard => {
  const spent = new Map<string, number>()
  let sweptAt = now()
  const sweep = (): void => {
    sweptAt = now()
    for (const [id, expiresAt] of spent) if (expiresAt <= sweptAt) spent.delete(id)
  }
  return {
    spend: (id, expiresAt) => {
      if (now() - sweptAt >= 10) sweep()
      if (spent.has(id) || spent.size >= max) return false
      spent.set(id, expiresAt)
      return true
    },
  }
}
