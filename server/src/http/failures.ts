import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AppError } from './errors.ts'
import type { FailureShape } from './route.ts'

/** A refusal as a page shows it. */
export type Failure = {
  readonly status: number
  readonly code: string
  readonly description: string
  readonly requestId: string
  readonly headers: FastifyRequest['headers']
}
export type FailurePage = (failure: Failure) => { readonly body: string; readonly headers: Readonly<Record<string, string>> }

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly failurePage: FailurePage | undefined }
type Refusal = Pick<AppError, 'status' | 'detail' | 'headers' | 'code'> & Partial<Pick<AppError, 'members'>>

// RFC 6749 section 5.2 knows no 413 or 415: a body that cannot be read is an invalid request.
const oauthError = (status: number): { readonly status: number; readonly error: string } => {
  if (status === 429 || status === 503) return { status, error: 'temporarily_unavailable' }
  if (status >= 500) return { status, error: 'server_error' }
  return { status: status === 405 ? 405 : 400, error: 'invalid_request' }
}

const sentence = (detail: Refusal['detail']): string => (typeof detail === 'string' ? detail : 'The request does not fit its form.')

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  405: 'No such method',
  409: 'Conflict',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Not valid',
  428: 'Precondition required',
  429: 'Too many requests',
  503: 'Unavailable',
}

/** RFC 9457 section 3.1. `code` is stable; where a body or a query does not fit, `errors` names each place. */
const problemDetails = ({ status, detail, code }: Pick<Refusal, 'status' | 'detail' | 'code'>): object => ({
  type: `urn:cip:problem:${code}`,
  title: titles[status] ?? 'Error',
  status,
  code,
  detail: sentence(detail),
  ...(typeof detail === 'string' ? {} : { errors: detail }),
})

/** Sends a refusal in the shape that the route promises. */
export const answerAs = ({ request, reply, failurePage }: Exchange, { status, detail, headers, code, members }: Refusal): FastifyReply => {
  const shape = (request.routeOptions?.config as { failure?: FailureShape } | undefined)?.failure
  reply.headers(headers)
  if (shape === 'page' && failurePage !== undefined) {
    const page = failurePage({ status, code, description: sentence(detail), requestId: request.id, headers: request.headers })
    return reply.code(status).headers(page.headers).type('text/html; charset=utf-8').send(page.body)
  }
  if (shape === 'problem')
    return reply
      .code(status)
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify({ ...problemDetails({ status, detail, code }), ...members, request_id: request.id }))
  reply.header('content-type', 'application/json; charset=utf-8')
  if (shape !== 'oauth') return reply.code(status).send(JSON.stringify({ detail, ...members }))
  const { status: own, error } = oauthError(status)
  return reply
    .code(own)
    .header('cache-control', 'no-store')
    .send(JSON.stringify({ error, error_description: sentence(detail) }))
}
