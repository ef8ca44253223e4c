import type { AccessToken } from '../server/access-token.ts'
import type { Demands, Verifier } from '../server/verifier.ts'

export type WebRequest = { readonly headers: Pick<Headers, 'get'>; readonly method: string; readonly url: string }

/** The token of a request of the Fetch standard. */
export const authorizeWeb = (verifier: Verifier, { headers, method, url }: WebRequest, demands?: Demands): Promise<AccessToken> => {
  const { pathname: path } = new URL(url)
  const [authorization, dpop] = [headers.get('authorization') ?? undefined, headers.get('dpop') ?? undefined]
  return verifier.authorize({ authorization, dpop, method, path }, demands)
}
