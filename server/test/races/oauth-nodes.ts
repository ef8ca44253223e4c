import { type FreshDatabase, startTestDatabase } from '../harness/database.ts'
import { freePort } from '../harness/free-port.ts'
import type { Answer } from '../harness/http.ts'
import { type Fields, postAs, type TestClient } from '../harness/oauth.ts'
import { startTestServer } from '../harness/server.ts'

type IssuerNodes = { readonly url: string; readonly urls: readonly string[]; readonly database: FreshDatabase }

/** Two processes of one issuer: the second is reached at its own port, as behind a load balancer. */
export const startIssuerNodes = async (): Promise<IssuerNodes> => {
  const port = String(await freePort())
  const url = `http://127.0.0.1:${port}`
  const database = await (await startTestDatabase()).create()
  const env = { ...database.env, PUBLIC_URL: url }
  const first = await startTestServer({ env: { ...env, PORT: port } })
  const second = await startTestServer({ env })
  return { url, urls: [first.url, second.url], database }
}

export const redeemers = 16

/** The same request by 16 redeemers at once, dealt out over the nodes. */
export const raceFor = <T>(urls: readonly string[], call: (url: string, index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: redeemers }, (_, index) => call(urls[index % urls.length] ?? '', index)))

export const atToken = (url: string, client: TestClient, fields: Fields): Promise<Answer> => postAs(`${url}/oauth2/token`, client, fields)

/** Works on all items, a few at a time, so that a race is between the redeemers and not for the machine. */
export const inBatches = async <T>(items: readonly T[], size: number, work: (item: T) => Promise<void>): Promise<void> => {
  for (let start = 0; start < items.length; start += size) await Promise.all(items.slice(start, start + size).map(work))
}
