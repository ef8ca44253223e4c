import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RawRequest } from '../../src/http/route.ts'
import { userinfoRoutes } from '../../src/oauth/endpoints/userinfo.routes.ts'

type Sent = { readonly authorization?: string; readonly form?: string; readonly query?: string }

/** Sends a request to a user info endpoint that knows no token; which token it looked for, and its answer. */
const sent = async ({ authorization, form, query = '' }: Sent) => {
  const read: string[] = []
  const reader = { read: (token: string) => void read.push(token) }
  const route = userinfoRoutes({ reader, limits: { tokens: 1 } } as never).find(({ method }) => method === 'POST')
  if (route === undefined) return assert.fail('There is no POST.')
  const body: RawRequest = { query, form, mediaType: undefined }
  const answer = await route.handle({ tenantId: 't', body, headers: authorization === undefined ? {} : { authorization } } as never)
  const { error } = answer.body as { readonly error: string }
  return { read, status: answer.status, challenge: answer.headers?.['www-authenticate'], error }
}

const token = 'mF_9.B5f-4.1JqM'
const unknown = 'Bearer error="invalid_token", error_description="The access token is invalid, expired or revoked"'

test('takes the token of the example from the header and from a form (RFC 6750 sections 2.1 and 2.2)', async () => {
  const answer = { read: [token], status: 401, challenge: unknown, error: 'invalid_token' }
  assert.deepEqual(await sent({ authorization: `Bearer ${token}` }), answer)
  assert.deepEqual(await sent({ authorization: `bearer ${token}` }), answer)
  assert.deepEqual(await sent({ form: `access_token=${token}` }), answer)
})

test('takes no token from the URL (RFC 6750 sections 2.3 and 5.3)', async () => {
  const { read, status } = await sent({ query: `access_token=${token}` })
  assert.deepEqual([read, status], [[], 401])
})

test('challenges with an attribute and without an error where no token came (RFC 6750 sections 3 and 3.1)', async () => {
  const { read, status, challenge } = await sent({})
  assert.deepEqual([read, status, challenge], [[], 401, 'Bearer realm="oauth2"'])
})

test('refuses more than one way of sending a token as invalid_request with 400 (RFC 6750 sections 2 and 3.1)', async () => {
  for (const one of [
    { authorization: `Bearer ${token}`, form: `access_token=${token}` },
    { form: `access_token=${token}&access_token=${token}` },
    { authorization: `Bearer ${token}`, form: `access_token=${token}&access_token=` },
  ]) {
    const { read, status, challenge, error } = await sent(one)
    assert.deepEqual([read, status, error], [[], 400, 'invalid_request'], JSON.stringify(one))
    assert.match(String(challenge), /^Bearer error="invalid_request", error_description="[\x20-\x21\x23-\x5b\x5d-\x7e]+"$/)
  }
})

test('reads nothing that is no b64token (RFC 6750 section 2.1)', async () => {
  for (const credentials of ['', ' ', 'a b', 'a,b', 'a"b', '=a', 'a=b', 'a\u00e9', `${token};`]) {
    const { read, status } = await sent({ authorization: `Bearer ${credentials}` })
    assert.deepEqual([read, status], [[], 401], credentials)
  }
  assert.deepEqual((await sent({ authorization: 'Bearer a-._~+/1==' })).read, ['a-._~+/1=='])
})
