import { Agent, request as send } from 'node:http'
import { performance } from 'node:perf_hooks'
import type { Timed, TimedRequest, TimeRun } from './load-protocol.ts'

const timeOne = (agent: Agent, url: string, { method, path, headers, body }: TimedRequest): Promise<Timed> =>
  new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const began = performance.now()
    const sent = send(`${url}${path}`, { method, agent, headers: { ...headers, ...length } }, (response) => {
      response.resume()
      response.on('end', () => resolve({ status: response.statusCode ?? 0, milliseconds: performance.now() - began }))
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })

/** One after the other on one connection: what is timed is the server's answer, not a queue before it. */
export const timeRequests = async ({ url, requests }: TimeRun): Promise<readonly Timed[]> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const timed: Timed[] = []
  try {
    for (const request of requests) timed.push(await timeOne(agent, url, request))
  } finally {
    agent.destroy()
  }
  return timed
}
