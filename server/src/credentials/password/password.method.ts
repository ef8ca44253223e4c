import type { Method } from '../method.ts'

/** A password (RFC 8176: `pwd`), checked in the bounded pool of `hash-pool.ts`. */
export const passwordMethod: Method = {
  name: 'password',
  amr: ['pwd'],
  uses: ['first'],
  isMultiFactor: false,
  isEnrolled: ({ hasPassword }) => hasPassword,
}
