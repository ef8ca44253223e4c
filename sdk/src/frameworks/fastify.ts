import type { AccessToken } from '../server/access-token.ts'
import { AccessRefused, refusalBody } from '../server/refusal.ts'
import type { Demands, Verifier } from '../server/verifier.ts'
import { tokensOfRequests } from './tokens-of-requests.ts'

type FastifyRequest = {
  readonly headers: { readonly authorization?: string | undefined; readonly dpop?: string | readonly string[] | undefined }
  readonly method: string
  readonly originalUrl: string
}
type FastifyReply = {
  readonly code: (status: number) => {
    readonly headers: (headers: Record<string, string>) => { readonly send: (body: unknown) => unknown }
  }
}

const tokens = tokensOfRequests<FastifyRequest>()

/** The token that `requireAccessToken` let through. */
export const accessTokenOf = (request: FastifyRequest): AccessToken => tokens.of(request)

/** A hook of Fastify, for `onRequest` of a route or of all: lets a request through whose access token may do what is demanded. */
export const requireAccessToken =
  (verifier: Verifier, demands?: Demands) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const { headers, method, originalUrl: path } = request
    try {
      const dpop = headers.dpop?.toString()
      tokens.keep(request, await verifier.authorize({ authorization: headers.authorization, dpop, method, path }, demands))
      return undefined
    } catch (error) {
      if (!(error instanceof AccessRefused)) throw error
      return reply.code(error.status).headers(error.headers).send(refusalBody(error))
    }
  }
