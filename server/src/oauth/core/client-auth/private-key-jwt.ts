import { asymmetricAlgorithms } from '../jwt/algorithm.ts'
import { verifyWithRotation } from '../jwt/verify-with-rotation.ts'
import { assertionRules } from './assertion-rules.ts'
import type { ClientAuthMethod } from './client-auth-method.ts'
import { spendVerified } from './spend-verified.ts'

/** OpenID Connect Core section 9, `private_key_jwt`: never an HMAC, whatever is registered. */
export const privateKeyJwt: ClientAuthMethod<'assertion'> = {
  name: 'private_key_jwt',
  takes: 'assertion',
  check: async (client, { clientId, assertion }, ports) => {
    const registered = client.tokenEndpointAuthSigningAlg
    const verdict = await verifyWithRotation(assertion, {
      ...assertionRules({ clientId, audiences: ports.audiences, now: ports.now }),
      algorithms: asymmetricAlgorithms.filter((algorithm) => registered === undefined || algorithm === registered),
      findKeys: (query) => ports.keysOf(client, query),
    })
    return spendVerified(verdict, clientId, ports)
  },
}
