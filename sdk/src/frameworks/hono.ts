import type { AccessToken } from '../server/access-token.ts'
import { AccessRefused, refusalResponse } from '../server/refusal.ts'
import type { Demands, Verifier } from '../server/verifier.ts'
import { tokensOfRequests } from './tokens-of-requests.ts'
import { authorizeWeb, type WebRequest } from './web-request.ts'

type HonoContext = { readonly req: { readonly raw: WebRequest } }

const tokens = tokensOfRequests<HonoContext>()

/** The token that `requireAccessToken` let through. */
export const accessTokenOf = (context: HonoContext): AccessToken => tokens.of(context)

/** Middleware of Hono: lets a request through whose access token may do what is demanded, and answers others. */
export const requireAccessToken =
  (verifier: Verifier, demands?: Demands) =>
  async (context: HonoContext, next: () => Promise<void>): Promise<Response | undefined> => {
    try {
      tokens.keep(context, await authorizeWeb(verifier, context.req.raw, demands))
    } catch (error) {
      if (error instanceof AccessRefused) return refusalResponse(error)
      throw error
    }
    await next()
    return undefined
  }
