import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { atEnd } from '../harness/closing.ts'

/** An issuer of tokens that are bound to a key, which the platform does not issue. */
export const createLocalIssuer = async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'one' }
  const server = createServer(({ url: path }, response) => {
    const documents: Readonly<Record<string, object>> = {
      '/.well-known/openid-configuration': { issuer: url, jwks_uri: `${url}/keys` },
      '/keys': { keys: [jwk] },
    }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(documents[path ?? ''] ?? {}))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  atEnd(async () => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    mint: (audience: string, jkt: string): Promise<string> =>
      new SignJWT({ client_id: 'shop', scope: 'orders:read', cnf: { jkt } })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'one' })
        .setIssuer(url)
        .setAudience(audience)
        .setSubject('alice')
        .setJti('one')
        .setIssuedAt()
        .setExpirationTime('5 minutes')
        .sign(privateKey),
  }
}
