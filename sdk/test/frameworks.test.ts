import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import { fastify } from 'fastify'
import { Hono } from 'hono'
import { createDpopKey, createDpopProof, dpopThumbprint } from '../src/dpop.ts'
import * as forExpress from '../src/frameworks/express.ts'
import * as forFastify from '../src/frameworks/fastify.ts'
import * as forHono from '../src/frameworks/hono.ts'
import * as forNext from '../src/frameworks/next.ts'
import { AccessRefused, createVerifier, refusalResponse, requireStepUp } from '../src/server/server.ts'
import { audience, createIssuer, issuer, now, nowSeconds } from './issuer.ts'

const authority = await createIssuer()
const verifier = createVerifier({ issuer, audience, now, fetch: authority.fetch, dpop: { origin: audience } })
const orders = { scope: 'orders:read' }
const stepUp = { acr: 'aal2', maxAge: 300, now }

/** `/v1/orders` needs a scope, `/v1/payout` a step-up that its handler asks for, `/open` nothing. */
const apps: Readonly<Record<string, () => Promise<Server>>> = {
  Express: async () => {
    const app = express()
    const api = express.Router()
    api.get('/orders', forExpress.requireAccessToken(verifier, orders), (request, response) => {
      response.json({ subject: forExpress.accessTokenOf(request).subject })
    })
    api.post('/payout', forExpress.requireAccessToken(verifier), (request, response) => {
      requireStepUp(forExpress.accessTokenOf(request), stepUp)
      response.json({ paid: true })
    })
    app.use('/v1', api)
    app.get('/open', (request, response) => {
      response.json({ subject: forExpress.accessTokenOf(request).subject })
    })
    return createServer(app)
  },
  Fastify: async () => {
    const app = fastify()
    app.get('/v1/orders', { onRequest: forFastify.requireAccessToken(verifier, orders) }, async (request) => ({
      subject: forFastify.accessTokenOf(request).subject,
    }))
    app.post('/v1/payout', { onRequest: forFastify.requireAccessToken(verifier) }, async (request) => {
      requireStepUp(forFastify.accessTokenOf(request), stepUp)
      return { paid: true }
    })
    app.get('/open', async (request) => ({ subject: forFastify.accessTokenOf(request).subject }))
    await app.ready()
    return app.server
  },
  Hono: async () => {
    const app = new Hono()
    app.get('/v1/orders', forHono.requireAccessToken(verifier, orders), (context) =>
      context.json({ subject: forHono.accessTokenOf(context).subject }),
    )
    app.post('/v1/payout', forHono.requireAccessToken(verifier), (context) => {
      requireStepUp(forHono.accessTokenOf(context), stepUp)
      return context.json({ paid: true })
    })
    app.get('/open', (context) => context.json({ subject: forHono.accessTokenOf(context).subject }))
    app.onError((error) => (error instanceof AccessRefused ? refusalResponse(error) : new Response(null, { status: 500 })))
    return createServer(getRequestListener(app.fetch))
  },
  // Route handlers of Next.js take the Request of the Fetch standard, which is what reaches them here.
  'Next.js': async () => {
    const guard = forNext.withAccessToken(verifier, orders)
    const routes: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
      'GET /v1/orders': (request) =>
        guard(async (_: Request, { accessToken, params }: { accessToken: { subject: string }; params: Promise<object> }) => {
          await params
          return Response.json({ subject: accessToken.subject })
        })(request, { params: Promise.resolve({}) }),
      'POST /v1/payout': (request) =>
        forNext.withAccessToken(verifier)((_, { accessToken }) => {
          requireStepUp(accessToken, stepUp)
          return Response.json({ paid: true })
        })(request, {}),
    }
    const listener = getRequestListener(async (request) => {
      const route = routes[`${request.method} ${new URL(request.url).pathname}`]
      return route === undefined ? new Response(null, { status: 500 }) : route(request)
    })
    return createServer(listener)
  },
}

for (const [name, open] of Object.entries(apps))
  describe(`an API with ${name}`, () => {
    let server: Server
    let base: string
    before(async () => {
      server = await open()
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    })
    after(() => {
      server.closeAllConnections()
      server.close()
    })
    const get = (authorization?: string, headers: Record<string, string> = {}) =>
      fetch(`${base}/v1/orders?page=2`, { headers: { ...headers, ...(authorization !== undefined && { authorization }) } })

    test('serves who may, and hands their token to the handler', async () => {
      const answer = await get(`Bearer ${await authority.mint()}`)
      assert.deepEqual([answer.status, await answer.json()], [200, { subject: 'alice' }])
    })

    test('refuses with the challenge that belongs to it', async () => {
      const cases: readonly (readonly [string | undefined, number, RegExp])[] = [
        [undefined, 401, /^Bearer, DPoP algs="/],
        ['Bearer a b', 400, /^Bearer error="invalid_request"/],
        [`Bearer ${await authority.mint({ claims: { exp: nowSeconds - 60 } })}`, 401, /^Bearer error="invalid_token"/],
        [`Bearer ${await authority.mint({ claims: { aud: 'https://other.example.com' } })}`, 401, /^Bearer error="invalid_token"/],
        [
          `Bearer ${await authority.mint({ claims: { scope: 'profile' } })}`,
          403,
          /^Bearer error="insufficient_scope".*, scope="orders:read"$/,
        ],
      ]
      for (const [authorization, status, challenge] of cases) {
        const answer = await get(authorization)
        assert.deepEqual([answer.status, answer.headers.get('cache-control')], [status, 'no-store'])
        assert.match(answer.headers.get('www-authenticate') ?? '', challenge)
        assert.ok('error' in ((await answer.json()) as object))
      }
    })

    test('takes a proof for the address that the client knows, once', async () => {
      const key = await createDpopKey()
      const accessToken = await authority.mint({ claims: { cnf: { jkt: await dpopThumbprint(key) } } })
      const wish = { method: 'GET', accessToken, now: () => nowSeconds * 1000 }
      const dpop = await createDpopProof(key, { ...wish, url: `${audience}/v1/orders` })
      assert.equal((await get(`DPoP ${accessToken}`, { dpop })).status, 200)
      const again = await get(`DPoP ${accessToken}`, { dpop })
      assert.equal(again.status, 401)
      assert.match(again.headers.get('www-authenticate') ?? '', /^DPoP error="invalid_dpop_proof"/)
      const inside = await createDpopProof(key, { ...wish, url: `${base}/v1/orders` })
      assert.equal((await get(`DPoP ${accessToken}`, { dpop: inside })).status, 401)
    })

    test('asks for a fresh and strong sign-in where a handler demands one', async () => {
      const pay = async (claims: object) =>
        fetch(`${base}/v1/payout`, {
          method: 'POST',
          headers: { authorization: `Bearer ${await authority.mint({ claims: { ...claims } })}` },
        })
      assert.equal((await pay({ acr: 'aal2', auth_time: nowSeconds - 10 })).status, 200)
      const refused = await pay({ acr: 'aal1', auth_time: nowSeconds - 10 })
      assert.equal(refused.status, 401)
      assert.match(
        refused.headers.get('www-authenticate') ?? '',
        /error="insufficient_user_authentication".*acr_values="aal2", max_age="300"$/,
      )
    })

    test('answers nobody from a handler that stands open and wants a token', async () => {
      const answer = await fetch(`${base}/open`, { headers: { authorization: `Bearer ${await authority.mint()}` } })
      assert.equal(answer.status, 500)
    })
  })

describe('the proxy of Next.js', () => {
  const refuse = forNext.refuseUnauthorized(verifier, orders)
  const request = (authorization: string) => new Request(`${audience}/v1/orders`, { headers: { authorization } })

  test('lets through who may and refuses others', async () => {
    assert.equal(await refuse(request(`Bearer ${await authority.mint()}`)), undefined)
    assert.equal((await refuse(request('Bearer abc')))?.status, 401)
  })
})

test('a fault that is none of the request is handed to the framework', async () => {
  const fault = new Error('a fault of the program')
  const broken = { ...verifier, authorize: () => Promise.reject(fault) }
  const errors: unknown[] = []
  const request = { headers: {}, method: 'GET', originalUrl: '/', raw: new Request(audience) }
  const response = { status: () => assert.fail('answered'), code: () => assert.fail('answered') }
  await forExpress.requireAccessToken(broken)(request, response, (error) => void errors.push(error))
  assert.deepEqual(errors, [fault])
  await assert.rejects(forFastify.requireAccessToken(broken)(request, response), fault)
  await assert.rejects(
    forHono.requireAccessToken(broken)({ req: request }, () => assert.fail('let through')),
    fault,
  )
  await assert.rejects(forNext.refuseUnauthorized(broken)(request.raw), fault)
})
