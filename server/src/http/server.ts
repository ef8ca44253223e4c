import type { Duplex } from 'node:stream'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { randomText } from '../platform/random.ts'
import { AppError, unavailableNow } from './errors.ts'
import { answerAs, type FailurePage } from './failures.ts'
import type { HttpMetrics } from './metrics.ts'
import { routeByTenant } from './tenant-path.ts'

/** The log as HTTP uses it: pino or anything with its levels. */
export type Log = {
  readonly [level in 'error' | 'warn' | 'info' | 'debug']: (fields: Record<string, unknown>, message: string) => void
}

export type ServerOptions = {
  readonly log: Log
  readonly metrics: HttpMetrics
  readonly isHttps: boolean
  readonly isDraining: () => boolean
  readonly isOutage: (error: unknown) => boolean
  /** Seconds after which to come again, where the error speaks of a full queue. */
  readonly overloadOf: (error: unknown) => number | undefined
  /** Draws a refusal that comes before the handler of a page. */
  readonly failurePage?: FailurePage
}

const bodyBytesMax = 64 * 1024

const imageTypes = ['image/png', 'image/jpeg', 'image/webp']

const requestIdForm = /^[A-Za-z0-9._:-]{1,128}$/

const securityHeaders = (isHttps: boolean): Record<string, string> => ({
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cross-origin-opener-policy': 'same-origin',
  ...(isHttps ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
})

const ofFastify: Record<string, AppError> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: new AppError({
    status: 415,
    code: 'unsupported-media-type',
    detail: 'Unsupported media type. Send application/json or application/x-www-form-urlencoded as the documentation says',
  }),
  FST_ERR_BAD_URL: new AppError({ status: 400, code: 'bad-url', detail: 'The URL is not valid' }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: new AppError({
    status: 400,
    code: 'bad-content-length',
    detail: 'Content-Length does not match the body',
  }),
}

const tooLarge = (bytesMax: number): AppError =>
  new AppError({ status: 413, code: 'body-too-large', detail: `Request body too large. At most ${bytesMax / 1024} KiB are accepted` })

type Raised = FastifyError | AppError | Error

const asAppError = (error: Raised, { routeOptions }: FastifyRequest, options: ServerOptions): AppError | undefined => {
  if (error instanceof AppError) return error
  if ((error as FastifyError).code === 'FST_ERR_CTP_BODY_TOO_LARGE') return tooLarge(routeOptions.bodyLimit ?? bodyBytesMax)
  if (options.isOutage(error)) return unavailableNow('database-unavailable', 2)
  const wait = options.overloadOf(error)
  if (wait !== undefined) return unavailableNow('hash-queue-full', wait)
  const known = ofFastify[(error as FastifyError).code]
  if (known) return known
  const status = (error as FastifyError).statusCode
  return status !== undefined && status >= 400 && status < 500
    ? new AppError({ status, code: 'bad-request', detail: 'Bad Request' })
    : undefined
}

const answerError = (options: ServerOptions) => (error: Raised, request: FastifyRequest, reply: FastifyReply) => {
  const refusal = asAppError(error, request, options)
  if (refusal === undefined) options.log.error({ requestId: request.id, err: error }, 'a request failed')
  else if (refusal.status >= 500)
    options.log.warn({ requestId: request.id, code: refusal.code, err: error.cause ?? error.message }, 'a request was refused')
  else options.log.debug({ requestId: request.id, code: refusal.code, reason: refusal.reason }, 'a request was refused')
  const failure = refusal ?? { status: 500, detail: 'Internal Server Error', headers: {}, code: 'server-error' }
  return answerAs({ request, reply, failurePage: options.failurePage }, failure)
}

const logRequest = (options: ServerOptions, request: FastifyRequest, reply: FastifyReply): void => {
  const path = request.routeOptions.url ?? 'unknown'
  const seconds = reply.elapsedTime / 1000
  options.metrics.observe({ method: request.method, route: path, status: reply.statusCode }, seconds)
  const isQuiet = reply.statusCode < 400 && (request.method === 'GET' || request.method === 'HEAD')
  const write = isQuiet ? options.log.debug : options.log.info
  write.call(
    options.log,
    { requestId: request.id, method: request.method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10 },
    'request',
  )
}

// What Node could not read as HTTP: the answer is written to the bare socket.
const unreadable: Record<string, readonly [line: string, detail: string]> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'Request headers too large. At most 16 KiB are accepted'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request took too long'],
}

const refuseBytes = (error: NodeJS.ErrnoException, socket: Duplex): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy()
  const [line, detail] = unreadable[error.code ?? ''] ?? ['400 Bad Request', 'The request is not valid HTTP']
  const body = JSON.stringify({ detail })
  socket.end(
    `HTTP/1.1 ${line}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  )
}

/** Fastify with our parsers, errors, headers, request ids and log; no endpoint yet. */
export const createServer = (options: ServerOptions): FastifyInstance => {
  const app = Fastify({
    logger: false,
    bodyLimit: bodyBytesMax,
    keepAliveTimeout: 72_000,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => answerError(options)(error, request as FastifyRequest, reply as FastifyReply),
    clientErrorHandler: refuseBytes,
    rewriteUrl: routeByTenant,
    routerOptions: { maxParamLength: 512, ignoreTrailingSlash: false },
    genReqId: ({ headers }) => {
      const given = headers['x-request-id']
      return typeof given === 'string' && requestIdForm.test(given) ? given : randomText(12)
    },
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_: unknown, bytes: string | Buffer) => ({
    kind: 'json',
    bytes,
  }))
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, async (_: unknown, bytes: string | Buffer) => ({
    kind: 'form',
    bytes,
  }))
  app.addContentTypeParser(imageTypes, { parseAs: 'buffer' }, async (_: unknown, bytes: string | Buffer) => ({ kind: 'image', bytes }))
  const always = Object.entries(securityHeaders(options.isHttps))
  app.addHook('onRequest', async (request, reply) => {
    for (const [name, value] of always) reply.header(name, value)
    reply.header('x-request-id', request.id)
    if (options.isDraining()) reply.header('connection', 'close')
  })
  app.addHook('onResponse', async (request, reply) => logRequest(options, request, reply))
  app.setErrorHandler(answerError(options))
  app.setNotFoundHandler((_, reply) =>
    reply.code(404).header('content-type', 'application/json; charset=utf-8').send('{"detail":"Not Found"}'),
  )
  return app
}
