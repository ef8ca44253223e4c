import { content, empty } from '../http/content.ts'
import { type AnyRoute, publicRoute, route, unlimited } from '../http/route.ts'
import type { KeyRing } from './key-ring.ts'

const KeySet = {
  type: 'object',
  required: ['keys'],
  properties: { keys: { type: 'array', items: { type: 'object', required: ['kty', 'kid', 'alg', 'use'] } } },
}

/** Seconds that a client may keep the published set; a successor is published twice as long before it signs. */
const maxAgeSeconds = 300

/** The public keys that verify this platform's tokens (RFC 7517 section 5). */
export const jwksRoutes = (ring: KeyRing): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/.well-known/jwks.json',
    summary: 'Public signing keys',
    description: 'A JSON Web Key Set (RFC 7517). Keep it for five minutes; a new key is published ten minutes before it signs.',
    tag: 'keys',
    auth: publicRoute('public keys are public'),
    limit: unlimited('bytes from memory, and verifiers must not be refused'),
    audit: { none: 'reads only' },
    responses: { 200: content('application/json; charset=utf-8', KeySet), 304: empty },
    handle: ({ headers }) => {
      const { body, etag } = ring.jwks()
      const answer = { etag, 'cache-control': `public, max-age=${maxAgeSeconds}`, 'access-control-allow-origin': '*' }
      if (headers['if-none-match'] === etag) return { status: 304, body: undefined, headers: answer }
      return { status: 200, body, headers: answer }
    },
  }),
]
