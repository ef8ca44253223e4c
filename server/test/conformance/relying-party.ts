import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose'
import { atEnd } from '../harness/closing.ts'
import { makeFolder } from '../harness/folder.ts'
import { type Answer, bearer, form, request } from '../harness/http.ts'
import { authorizeUrl, type Fields, parametersOf, passPages, redeem, type TestClient, type Tokens } from '../harness/oauth.ts'
import type { Person } from '../harness/provider.ts'

export type Claims = JWTPayload & Record<string, unknown>

export const keySetOf = async (url: string): Promise<JSONWebKeySet> => (await request(`${url}/.well-known/jwks.json`)).json as JSONWebKeySet

export const seconds = (): number => Math.floor(Date.now() / 1000)

/** RFC 6749 sections 4.1.2.1 and 5.2: what an error_description may hold. */
export const descriptionForm = /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/

export const isJson = ({ headers }: Answer): void => assert.match(String(headers['content-type']), /^application\/json(;|$)/)

type Expected = { readonly clientId: string; readonly nonce?: string | undefined; readonly algorithm?: string }

/** OpenID Connect Core section 3.1.3.7, by the published keys and the `kid`; gives back the claims. */
export const verifyIdToken = async (
  url: string,
  tokens: Pick<Tokens, 'id_token' | 'access_token'>,
  { clientId, nonce, algorithm = 'RS256' }: Expected,
): Promise<Claims> => {
  const keys = await keySetOf(url)
  const rules = { issuer: url, audience: clientId, algorithms: [algorithm], requiredClaims: ['sub', 'exp', 'iat', 'auth_time'] }
  const { payload, protectedHeader } = await jwtVerify(tokens.id_token, createLocalJWKSet(keys), rules)
  assert.ok(keys.keys.some(({ kid, alg }) => kid === protectedHeader.kid && alg === algorithm))
  const { sub, iat = 0, exp = 0, auth_time, azp, acr, amr, at_hash } = payload as Claims
  assert.match(String(sub), /^[\x21-\x7e]{1,255}$/)
  assert.ok(Math.abs(iat - seconds()) <= 10 && exp > iat, 'iat and exp')
  assert.ok(Number.isInteger(auth_time) && (auth_time as number) <= seconds() + 1, 'auth_time')
  assert.deepEqual([azp, payload['nonce'], typeof acr, Array.isArray(amr)], [clientId, nonce, 'string', true])
  const half = createHash('sha256').update(tokens.access_token).digest().subarray(0, 16).toString('base64url')
  assert.equal(at_hash, half)
  return payload
}

/** RFC 6749 section 5.1 and OpenID Connect Core section 3.1.3.3. */
export const readTokens = (answer: Answer): Tokens => {
  assert.equal(answer.status, 200, answer.text)
  isJson(answer)
  assert.deepEqual([answer.headers['cache-control'], answer.headers['pragma']], ['no-store', 'no-cache'])
  const tokens = answer.json as Tokens & { token_type: string }
  assert.equal(tokens.token_type, 'Bearer')
  assert.ok(Number.isInteger(tokens.expires_in) && tokens.expires_in > 0)
  assert.match(tokens.access_token, /^[A-Za-z0-9._~+/-]+=*$/)
  if (tokens.refresh_token !== undefined) assert.match(tokens.refresh_token, /^[\x20-\x7e]{32,}$/)
  return tokens
}

export const userInfo = async (url: string, { access_token }: Pick<Tokens, 'access_token'>): Promise<Claims> => {
  const answer = await request(`${url}/oauth2/userinfo`, { headers: bearer(access_token) })
  assert.equal(answer.status, 200, answer.text)
  isJson(answer)
  return answer.json as Claims
}

export const randomState = (): string => `${randomBytes(48).toString('base64url')} "+&%/=`

/** An error answer of the authorization endpoint: the code, state and iss, no code, and nothing that no specification names. */
export const checkErrorReply = (reply: Fields, { error, state, issuer }: { error: string; state: string; issuer: string }): void => {
  const { error_description = '', error_uri: _, ...rest } = reply
  assert.deepEqual(rest, { error, state, iss: issuer })
  assert.match(error_description, descriptionForm)
}

type Flow = {
  readonly person: Person
  /** undefined takes a parameter away. */
  readonly parameters?: Readonly<Record<string, string | undefined>>
  readonly verifier?: string
  readonly algorithm?: string
  /** A client assertion, where that is how the client authenticates. */
  readonly assertion?: () => Promise<string>
}
export type Completed = { readonly tokens: Tokens; readonly claims: Claims; readonly info: Claims; readonly code: string }

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** A request to the token endpoint of a client that authenticates by an assertion. */
export const postWith = (url: string, client_assertion: string, fields: Fields): Promise<Answer> =>
  request(`${url}/oauth2/token`, form({ ...fields, client_assertion_type: assertionType, client_assertion }))

const exchange = async (url: string, client: TestClient, { code, flow }: { code: string; flow: Flow }): Promise<Answer> => {
  const fields = { code, ...(flow.verifier === undefined ? {} : { code_verifier: flow.verifier }) }
  if (flow.assertion === undefined) return redeem(url, client, fields)
  return postWith(url, await flow.assertion(), { grant_type: 'authorization_code', redirect_uri: client.redirectUri, ...fields })
}

/** The code flow with everything checked that holds for each: the answers of three endpoints, and one subject in two of them. */
export const completeFlow = async (url: string, client: TestClient, flow: Flow): Promise<Completed> => {
  const { person, parameters = {}, algorithm = 'RS256' } = flow
  const asked = { state: randomState(), nonce: randomBytes(16).toString('base64url'), ...parameters }
  const sent = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as Record<string, string>
  const page = await passPages(person.browser, await person.browser.follow(authorizeUrl(url, client, sent)), person.account)
  assert.ok(page.url.startsWith(client.redirectUri), `${page.url} ${page.text.slice(0, 300)}`)
  const { code = '', ...rest } = parametersOf(page)
  const registered = Object.fromEntries(new URL(client.redirectUri).searchParams)
  assert.deepEqual(rest, { ...registered, state: asked.state, iss: url })
  assert.match(code, /^[\x20-\x7e]{32,}$/)
  const tokens = readTokens(await exchange(url, client, { code, flow }))
  const claims = await verifyIdToken(url, tokens, { clientId: client.id, nonce: sent['nonce'], algorithm })
  const info = await userInfo(url, tokens)
  assert.equal(info.sub, claims.sub)
  return { tokens, claims, info, code }
}

type Document = { readonly type: string; readonly body: string }
export type Received = {
  readonly method: string | undefined
  readonly path: string
  readonly type: string | undefined
  readonly body: string
}

/** An application's own server over https, whose certificate this process trusts from now on: it publishes documents and keeps what it was sent. */
export const startRelyingParty = async () => {
  const folder = await makeFolder()
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert]
  execFileSync('openssl', [...made, ...subject], { stdio: 'pipe' })
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(cert, 'utf8')])
  const documents = new Map<string, Document>()
  const received: Received[] = []
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, async (incoming, answer) => {
    let body = ''
    for await (const chunk of incoming) body += String(chunk)
    const path = incoming.url ?? ''
    received.push({ method: incoming.method, path, type: incoming.headers['content-type'], body })
    const document = documents.get(path)
    if (document === undefined && incoming.method === 'GET') answer.writeHead(404).end()
    else answer.writeHead(200, { 'content-type': document?.type ?? 'text/plain' }).end(document?.body ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  atEnd(async () => {
    server.closeAllConnections()
    server.close()
  })
  return { origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, documents, received }
}
