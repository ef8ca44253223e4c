import { createHash, randomBytes } from 'node:crypto'
import type autocannon from 'autocannon'
import type { OAuthKnowledge } from './load-protocol.ts'

/** What a browser and its application keep between two steps of one sign-in. */
type Context = { cookies?: Map<string, string>; page?: string; fields?: Map<string, string>; code?: string }

export type SignInSource = { readonly user: () => string; readonly password: () => string }

const form = 'application/x-www-form-urlencoded'
const verifier = randomBytes(32).toString('base64url')
const challenge = createHash('sha256').update(verifier).digest('base64url')

/** Most signed-in browsers that are kept for the sign-ins without a hash. */
const keptMax = 200

const headerOf = (headers: Readonly<Record<string, unknown>> | undefined, name: string): readonly string[] =>
  Object.entries(headers ?? {}).flatMap(([key, value]) => (key.toLowerCase() === name ? [value].flat().map(String) : []))

const keepCookies = (context: Context, headers: Readonly<Record<string, unknown>> | undefined): void => {
  context.cookies ??= new Map()
  for (const line of headerOf(headers, 'set-cookie')) {
    const [pair = ''] = line.split(';')
    context.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
  }
}

const cookieHeader = ({ cookies }: Context): Record<string, string> =>
  cookies === undefined || cookies.size === 0 ? {} : { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }

const pathOf = (location: string | undefined): string => {
  const url = new URL(location ?? '/', 'http://bench.invalid')
  return url.pathname + url.search
}

const codeOf = (location: string | undefined): string => new URL(location ?? '/', 'http://bench.invalid').searchParams.get('code') ?? ''

/** The hidden fields of the page's first form. */
const fieldsOf = (page: string): Map<string, string> =>
  new Map([...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]))

type Step = autocannon.Request
const contextOf = (context: object): Context => context

const authorizePath = ({ redirectUri, ownClient }: OAuthKnowledge): string => {
  const parameters = {
    ...{ client_id: ownClient.id, redirect_uri: redirectUri, response_type: 'code', scope: 'openid profile email' },
    ...{ state: 'bench', nonce: 'bench', code_challenge: challenge, code_challenge_method: 'S256' },
  }
  return `/oauth2/authorize?${new URLSearchParams(parameters)}`
}

const exchange = ({ redirectUri, ownClient }: OAuthKnowledge): Step => ({
  method: 'POST',
  path: '/oauth2/token',
  setupRequest: (request, context) => ({
    ...request,
    headers: { 'content-type': form, authorization: ownClient.basic },
    body: new URLSearchParams({
      ...{ grant_type: 'authorization_code', code: contextOf(context).code ?? '', redirect_uri: redirectUri, code_verifier: verifier },
    }).toString(),
  }),
})

const begin = (known: OAuthKnowledge): Step => ({
  path: authorizePath(known),
  onResponse: (...[, , context, headers]) => {
    keepCookies(context, headers)
    contextOf(context).page = pathOf(headerOf(headers, 'location')[0])
  },
})
const show: Step = {
  setupRequest: (request, context) => ({ ...request, path: contextOf(context).page ?? '/', headers: cookieHeader(context) }),
  onResponse: (...[, body, context, headers]) => {
    keepCookies(context, headers)
    contextOf(context).fields = fieldsOf(body)
  },
}

export type SignInRequests = {
  /** From the authorization request to the tokens, with the password typed on the page. */
  readonly withPassword: (known: OAuthKnowledge, source: SignInSource) => Step[]
  /** The same in a browser that is signed in: no page and no hash. */
  readonly withSession: (known: OAuthKnowledge) => Step[]
}

/** Whole sign-ins as a browser and an application send them, each step made of the answer before. */
export const createSignInRequests = (): SignInRequests => {
  const signedIn: Map<string, string>[] = []
  let turn = 0
  const keepBrowser = ({ cookies }: Context): void => {
    if (cookies !== undefined && signedIn.length < keptMax) signedIn.push(cookies)
  }
  const submit = (source: SignInSource): Step => ({
    method: 'POST',
    path: '/interaction/sign-in',
    setupRequest: (request, context) => ({
      ...request,
      headers: { ...cookieHeader(context), 'content-type': form, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams([
        ...(contextOf(context).fields ?? []),
        ...Object.entries({ username: source.user(), password: source.password(), action: 'sign-in' }),
      ]).toString(),
    }),
    onResponse: (...[, , context, headers]) => {
      keepCookies(context, headers)
      keepBrowser(context)
      contextOf(context).code = codeOf(headerOf(headers, 'location')[0])
    },
  })
  return {
    withPassword: (known, source) => [begin(known), show, submit(source), exchange(known)],
    withSession: (known) => [
      {
        path: authorizePath(known),
        setupRequest: (request) => {
          const cookies = signedIn[turn++ % Math.max(1, signedIn.length)]
          return { ...request, headers: cookieHeader(cookies === undefined ? {} : { cookies }) }
        },
        onResponse: (...[, , context, headers]) => {
          contextOf(context).code = codeOf(headerOf(headers, 'location')[0])
        },
      },
      exchange(known),
    ],
  }
}
