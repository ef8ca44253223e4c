import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { Target } from './choose-addresses.ts'
import { GuardedFetchError } from './guarded-fetch-error.ts'

export type Outgoing = {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly bytesMax: number
  readonly signal: AbortSignal
}
export type Incoming = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly bytes: Buffer }

// Agents of our own: none of Node's global ones, which may be set to a proxy by the environment, and no connection that outlives its check.
const agents = { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) }

/** Answers with the addresses that were checked, whatever a second look at DNS would say. */
const pinnedLookup =
  (addresses: readonly string[]): LookupFunction =>
  (_hostname, options, callback) => {
    const found = addresses.map((address) => ({ address, family: isIP(address) }))
    const [first] = found
    if (options.all === true) callback(null, found)
    else callback(null, first?.address ?? '', first?.family)
  }

const checkHead = (hostname: string, incoming: IncomingMessage, bytesMax: number): void => {
  const status = incoming.statusCode ?? 0
  if (status >= 300 && status < 400) throw new GuardedFetchError('redirect', `${hostname} redirects. Register the final URL.`)
  const { 'content-encoding': encoding, 'content-length': length } = incoming.headers
  // A compressed answer was not asked for, and opening it could fill the memory.
  if (encoding !== undefined && encoding !== 'identity')
    throw new GuardedFetchError('unreadable', `${hostname} compresses its answer. Serve it uncompressed.`)
  if (Number(length ?? 0) > bytesMax) throw tooLarge(hostname, bytesMax)
}

const tooLarge = (hostname: string, bytesMax: number): GuardedFetchError =>
  new GuardedFetchError('too-large', `${hostname} answers with more than ${bytesMax} bytes. Serve less.`)

const readBytes = async (hostname: string, incoming: IncomingMessage, bytesMax: number): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > bytesMax) throw tooLarge(hostname, bytesMax)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const plainHeaders = (incoming: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )

/** One request to the addresses of the target and nothing after it; destroys the connection at the first thing that is not as it must be. */
export const exchange = async ({ url, hostname, port, addresses }: Target, outgoing: Outgoing): Promise<Incoming> => {
  const { method, headers, body, bytesMax, signal } = outgoing
  const isHttps = url.protocol === 'https:'
  const options = {
    hostname,
    port,
    method,
    path: `${url.pathname}${url.search}`,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) },
    lookup: pinnedLookup(addresses),
    signal,
    setDefaultHeaders: true,
  }
  // rejectUnauthorized is said aloud so that NODE_TLS_REJECT_UNAUTHORIZED cannot turn it off.
  const request = isHttps
    ? requestHttps({ ...options, agent: agents.https, rejectUnauthorized: true })
    : requestHttp({ ...options, agent: agents.http })
  try {
    const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve).on('error', reject)
      request.end(body)
    })
    checkHead(hostname, incoming, bytesMax)
    return { status: incoming.statusCode ?? 0, headers: plainHeaders(incoming), bytes: await readBytes(hostname, incoming, bytesMax) }
  } finally {
    request.destroy()
  }
}
