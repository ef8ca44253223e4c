import type { AccessToken } from '../server/access-token.ts'
import { AccessRefused, refusalResponse } from '../server/refusal.ts'
import type { Demands, Verifier } from '../server/verifier.ts'
import { authorizeWeb, type WebRequest } from './web-request.ts'

/** For `proxy.ts` (`middleware.ts`) of Next.js: the refusal to answer with, or undefined where the request may go on. */
export const refuseUnauthorized =
  (verifier: Verifier, demands?: Demands) =>
  async (request: WebRequest): Promise<Response | undefined> => {
    try {
      await authorizeWeb(verifier, request, demands)
      return undefined
    } catch (error) {
      if (error instanceof AccessRefused) return refusalResponse(error)
      throw error
    }
  }

type Handler<R extends WebRequest, C> = (request: R, context: C & { readonly accessToken: AccessToken }) => Response | Promise<Response>

/**
 * A route handler of Next.js behind an access token, which it finds in its context. A refusal that the handler throws,
 * as `requireStepUp` does, is answered as well.
 */
export const withAccessToken =
  (verifier: Verifier, demands?: Demands) =>
  <R extends WebRequest, C>(handler: Handler<R, C>) =>
  async (request: R, context: Omit<C, 'accessToken'>): Promise<Response> => {
    try {
      const accessToken = await authorizeWeb(verifier, request, demands)
      return await handler(request, { ...(context as C), accessToken })
    } catch (error) {
      if (error instanceof AccessRefused) return refusalResponse(error)
      throw error
    }
  }
