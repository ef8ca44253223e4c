import assert from 'node:assert/strict'
import { createClientAdmin } from '../../src/clients/clients.job.ts'
import { type FreshDatabase, startTestDatabase, type TestDatabase } from './database.ts'
import { type Environment, testEnvironment } from './environment.ts'
import { makeFolder } from './folder.ts'
import { freePort } from './free-port.ts'
import type { Answer } from './http.ts'
import { authorizeUrl, callback, type Fields, newPerson, parametersOf, type TestClient, tokensFor } from './oauth.ts'
import { startTestPlatform, type TestPlatform } from './platform.ts'

export type Person = Awaited<ReturnType<typeof newPerson>>
export type TestProvider = TestPlatform & {
  readonly sql: FreshDatabase['sql']
  /** What the command line is run with, to change what this server serves. */
  readonly env: Environment
  /** What an operator does with clients; this process learns of a change within a second. */
  readonly clients: ReturnType<typeof createClientAdmin>
}

const neverFetches = (uri: string): Promise<never> => Promise.reject(new Error(`nothing is fetched here: ${uri}`))

/** A server in this process whose issuer is the address that it listens on. */
export const startProvider = async (env: Environment = {}, postgres?: TestDatabase): Promise<TestProvider> => {
  const port = String(await freePort())
  const database = await (postgres ?? (await startTestDatabase())).create()
  const own = await startTestPlatform(database, { PORT: port, ...env })
  const { base } = own.platform
  const clients = createClientAdmin({
    db: base.db,
    tenantId: base.tenantId,
    sealingKey: own.config.key('client-secrets'),
    fetchJson: neverFetches,
    ensureKey: async () => undefined,
  })
  return { ...own, sql: database.sql, clients, env: testEnvironment(await makeFolder(), { ...database.env, PORT: port }) }
}

type OperatorClient = { readonly isFirstParty?: boolean; readonly metadata?: Readonly<Record<string, unknown>> }

/** A client of an operator: the code flow without PKCE, so that each test adds only what it is about. */
export const operatorClient = async (
  { clients }: Pick<TestProvider, 'clients'>,
  { isFirstParty = true, metadata }: OperatorClient = {},
): Promise<TestClient> => {
  const grants = { grant_types: ['authorization_code', 'refresh_token'], redirect_uris: [callback], require_pkce: false }
  const saved = await clients.create({ isFirstParty, metadata: { client_name: 'Own application', ...grants, ...metadata } })
  assert.ok(saved.kind === 'saved', JSON.stringify(saved))
  return { id: saved.client.id, secret: saved.secret, redirectUri: callback, registrationToken: '' }
}

/** A person whose browser is signed in, and who has let the client in. */
export const signedIn = async (url: string, client: TestClient, parameters: Fields = {}): Promise<Person> => {
  const person = await newPerson(url)
  await tokensFor(url, client, { person, parameters })
  return person
}

/** What prompt=none answers: no page is shown, so that it is one request. */
export const askSilently = async (
  url: string,
  client: TestClient,
  { person, parameters = {} }: { person: Pick<Person, 'browser'>; parameters?: Fields },
): Promise<Record<string, string>> =>
  parametersOf(await person.browser.follow(authorizeUrl(url, client, { prompt: 'none', ...parameters })))

export const errorOf = ({ json }: Pick<Answer, 'json'>): unknown => (json as { error?: unknown } | undefined)?.error

/** A refusal of a back-channel endpoint: its status, its code, not to be stored, and no token in it. */
export const isRefused = (answer: Answer, ...[status, error, about = '']: readonly [number, string, string?]): void => {
  assert.deepEqual([answer.status, errorOf(answer)], [status, error], `${about} ${answer.text}`)
  assert.equal(answer.headers['cache-control'], 'no-store', about)
  assert.doesNotMatch(answer.text, /access_token|id_token"|refresh_token":/, about)
}

/** Lines of the log that tell of a failure of the server itself. */
export const failuresIn = ({ logs }: Pick<TestPlatform, 'logs'>): readonly string[] =>
  logs()
    .split('\n')
    .filter((line) => /"level":(50|60)/.test(line))
