import type { AccessToken } from '../server/access-token.ts'
import { AccessRefused, refusalBody } from '../server/refusal.ts'
import type { Demands, Verifier } from '../server/verifier.ts'
import { tokensOfRequests } from './tokens-of-requests.ts'

type ExpressRequest = {
  readonly headers: { readonly authorization?: string | undefined; readonly dpop?: string | readonly string[] | undefined }
  readonly method: string
  readonly originalUrl: string
}
type ExpressResponse = {
  readonly status: (code: number) => { readonly set: (headers: Record<string, string>) => { readonly json: (body: unknown) => unknown } }
}

const tokens = tokensOfRequests<ExpressRequest>()

/** The token that `requireAccessToken` let through. */
export const accessTokenOf = (request: ExpressRequest): AccessToken => tokens.of(request)

/** Middleware of Express: lets a request through whose access token may do what is demanded, and answers others. */
export const requireAccessToken =
  (verifier: Verifier, demands?: Demands) =>
  async (request: ExpressRequest, response: ExpressResponse, next: (error?: unknown) => void): Promise<void> => {
    const { headers, method, originalUrl: path } = request
    try {
      const dpop = headers.dpop?.toString()
      tokens.keep(request, await verifier.authorize({ authorization: headers.authorization, dpop, method, path }, demands))
    } catch (error) {
      if (!(error instanceof AccessRefused)) return next(error)
      response.status(error.status).set(error.headers).json(refusalBody(error))
      return
    }
    next()
  }
