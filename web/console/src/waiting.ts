import type { AdminClient } from '@custom-identity-platform/sdk'

/** The tenant asks for two persons: what was asked for waits until another person approves it. */
export class ChangeWaits extends Error {
  override readonly name = 'ChangeWaits'
  readonly change: string
  constructor(change: string) {
    super('The change waits for a second person.')
    this.change = change
  }
}

type Answer = { readonly status: number; readonly body?: unknown }

const assertMade = ({ status, body }: Answer): void => {
  if (status === 202 && typeof body === 'object' && body !== null && 'change' in body) throw new ChangeWaits(String(body.change))
}

type Asking = (...input: never[]) => Promise<unknown>

/** The same client, which throws `ChangeWaits` where a change waits: forms and actions tell of it. */
export const withWaiting = (admin: AdminClient): AdminClient => {
  const told = <F extends Asking>(call: F): F =>
    (async (...input: never[]) => {
      const answer = await call(...input)
      assertMade(answer as Answer)
      return answer
    }) as unknown as F
  const { post, put, patch, delete: remove, ...rest } = admin
  return { ...rest, post: told(post), put: told(put), patch: told(patch), delete: told(remove) }
}

/** What was made, of an answer that says that it waits or what was made. */
export const madeOf = <A extends Answer>(answer: A): Exclude<A, { readonly status: 202 }>['body'] => {
  assertMade(answer)
  return answer.body
}
