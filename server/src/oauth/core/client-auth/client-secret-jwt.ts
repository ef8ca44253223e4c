import type { ForeignJwt } from '../jwt/verify-foreign-jwt.ts'
import { verifyForeignJwt } from '../jwt/verify-foreign-jwt.ts'
import { assertionRules } from './assertion-rules.ts'
import { isLive } from './check-secret.ts'
import type { ClientAuthMethod } from './client-auth-method.ts'
import { spendVerified } from './spend-verified.ts'

const noSecret: ForeignJwt = {
  kind: 'invalid',
  rule: 'The client has no live secret that a MAC can be checked with. Give it a new one.',
  isKeyMissing: false,
}

/** OpenID Connect Core section 9, `client_secret_jwt`: HS256 with the text of a live secret. */
export const clientSecretJwt: ClientAuthMethod<'assertion'> = {
  name: 'client_secret_jwt',
  takes: 'assertion',
  check: async (client, { clientId, assertion }, ports) => {
    const registered = client.tokenEndpointAuthSigningAlg
    const rules = {
      ...assertionRules({ clientId, audiences: ports.audiences, now: ports.now }),
      algorithms: registered === undefined || registered === 'HS256' ? (['HS256'] as const) : [],
    }
    let verdict: ForeignJwt = noSecret
    for (const secret of client.secrets) {
      if (secret.sealed === undefined || !isLive(secret, ports.now)) continue
      verdict = await verifyForeignJwt(assertion, { ...rules, keys: { kind: 'secret', secret: ports.openSecret(secret.sealed) } })
      if (verdict.kind === 'valid') break
    }
    return spendVerified(verdict, clientId, ports)
  },
}
