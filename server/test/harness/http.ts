import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request as send } from 'node:http'
import { connect } from 'node:net'

export type Answer = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown
}

export type HttpRequest = {
  readonly method?: string
  /** An array sends the header once for each of its values. */
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string | Uint8Array | undefined
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** One request on a connection of its own, sent as it stands, whatever its method and body, with repeated headers. */
export const request = (url: string, { method = 'GET', headers = {}, body }: HttpRequest = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = send(url, { method, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, json: parse(text) })
      })
    })
    outgoing.setTimeout(30_000, () => outgoing.destroy(new Error('no answer within 30 s')))
    outgoing.on('error', reject)
    outgoing.end(body)
  })

/** Bytes to a port and all that comes back until the server closes the connection. */
export const exchange = (port: number, bytes: string | Uint8Array): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes))
    const chunks: Buffer[] = []
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error)
    })
    socket.setTimeout(20_000, () => socket.destroy())
  })

/** Sends a whole request and breaks the connection without waiting for its answer. */
export const sendAndLeave = (port: number, bytes: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, () => socket.destroy()))
    socket.on('close', () => resolve())
    socket.on('error', reject)
  })

export const json = (value: unknown): HttpRequest => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})

export const form = (fields: Readonly<Record<string, string>> | readonly (readonly [string, string])[]): HttpRequest => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(Array.isArray(fields) ? (fields as [string, string][]) : (fields as Record<string, string>)).toString(),
})

export const bearer = (token: string): OutgoingHttpHeaders => ({ authorization: `Bearer ${token}` })
