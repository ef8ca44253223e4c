import { SignInError } from './errors.ts'

/** What is remembered of an authorization request while the browser is away. Times in milliseconds since 1970. */
export type PendingSignIn = {
  readonly verifier: string
  readonly nonce: string
  readonly returnTo: string
  readonly startedAt: number
}

export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const pendingMax = 8
const lifetimeMs = 3_600_000

const isPending = (value: unknown): value is PendingSignIn => {
  if (typeof value !== 'object' || value === null) return false
  const { verifier, nonce, returnTo, startedAt } = value as Record<string, unknown>
  return [verifier, nonce, returnTo].every((one) => typeof one === 'string') && typeof startedAt === 'number'
}

/** Sign-ins under way in this tab, each spent by its `state` once. */
export const pendingSignIns = (store: Store, { name, now }: { readonly name: string; readonly now: () => number }) => {
  const read = (): Map<string, PendingSignIn> => {
    try {
      const all = Object.entries(JSON.parse(store.getItem(name) ?? '{}') as Record<string, unknown>)
      return new Map(all.filter((one): one is [string, PendingSignIn] => isPending(one[1]) && now() - one[1].startedAt < lifetimeMs))
    } catch {
      return new Map()
    }
  }
  const write = (all: ReadonlyMap<string, PendingSignIn>): void => {
    const newest = [...all].sort(([, one], [, other]) => other.startedAt - one.startedAt).slice(0, pendingMax)
    store.setItem(name, JSON.stringify(Object.fromEntries(newest)))
  }
  return {
    remember: (state: string, pending: PendingSignIn): void => write(read().set(state, pending)),
    /** Throws where this tab has no such sign-in under way: the answer is not one to a request of ours. */
    spend: (state: string | null): PendingSignIn => {
      const all = read()
      const found = all.get(state ?? '')
      all.delete(state ?? '')
      write(all)
      if (found === undefined) throw new SignInError('local_state', 'This sign-in was not started here, or it took too long. Start again.')
      return found
    },
  }
}
