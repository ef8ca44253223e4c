import type { AccessToken } from '../server/access-token.ts'

/** The token of each request while it lives, beside the objects of the framework, whose types stay as they are. */
export const tokensOfRequests = <R extends object>() => {
  const tokens = new WeakMap<R, AccessToken>()
  return {
    keep: (request: R, token: AccessToken): void => void tokens.set(request, token),
    of: (request: R): AccessToken => {
      const token = tokens.get(request)
      // A mistake of the program: better no answer than one to anybody.
      if (token === undefined) throw new Error('This route is not behind requireAccessToken')
      return token
    },
  }
}
