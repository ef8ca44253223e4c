import type { RegistrationPolicy } from '../clients/clients.ts'
import { asymmetricAlgorithms } from './core/jwt/algorithm.ts'
import type { Jwk } from './core/jwt/jwk.ts'
import { verifyForeignJwt } from './core/jwt/verify-foreign-jwt.ts'

type TrustedIssuer = RegistrationPolicy['softwareStatementIssuers'][number]

/** Verifies software statements as every other JWT of somebody else (RFC 7591 section 2.3 demands the issuer alone). */
export const statementVerifier =
  (nowSeconds: () => number) =>
  async (jwt: string, { issuer, jwks }: TrustedIssuer): Promise<Readonly<Record<string, unknown>> | undefined> => {
    const verdict = await verifyForeignJwt(jwt, {
      keys: { kind: 'keys', keys: jwks.keys as readonly Jwk[] },
      algorithms: asymmetricAlgorithms,
      typ: { values: ['JWT'], isRequired: false },
      claims: {
        now: nowSeconds(),
        issuer: { value: issuer, isRequired: true },
        audience: { kind: 'unchecked', why: 'a statement is for every server that trusts its issuer' },
        expiry: { isRequired: false },
      },
    })
    return verdict.kind === 'valid' ? verdict.claims : undefined
  }
