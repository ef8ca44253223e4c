import type { AdminClient } from '@custom-identity-platform/sdk'

type Asking = (...input: never[]) => Promise<unknown>

const triesMax = 3

/** The same client, whose requests are asked again where `recover` could do something about what they failed by. */
export const recovering = (admin: AdminClient, recover: (error: unknown) => Promise<boolean>): AdminClient => {
  const repeated = <F extends Asking>(call: F): F =>
    (async (...input: never[]) => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await call(...input)
        } catch (error) {
          if (tries === triesMax || !(await recover(error))) throw error
        }
      }
    }) as unknown as F
  const { get, post, put, patch, delete: remove, stream } = admin
  return {
    get: repeated(get),
    post: repeated(post),
    put: repeated(put),
    patch: repeated(patch),
    delete: repeated(remove),
    stream: repeated(stream),
  }
}
