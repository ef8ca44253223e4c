import type { FindKeys } from './jwk.ts'
import { splitToken } from './split-token.ts'
import { type ForeignJwt, type ForeignJwtRules, verifyForeignJwt } from './verify-foreign-jwt.ts'

export type RotatingRules = Omit<ForeignJwtRules, 'keys'> & { readonly findKeys: FindKeys }

/** Verifies with the keys of a signer who may have rotated them: where the key is missing, the keys are asked for once more. */
export const verifyWithRotation = async (token: string, { findKeys, ...rules }: RotatingRules): Promise<ForeignJwt> => {
  const split = splitToken(token)
  if (split.kind === 'invalid') return { kind: 'invalid', rule: split.rule, isKeyMissing: false }
  const { kid, alg } = split.token
  // Nothing is fetched for a token that no key could make acceptable.
  if (!(rules.algorithms as readonly string[]).includes(alg))
    return { kind: 'invalid', rule: 'The algorithm of the JWT is not one that is accepted here.', isKeyMissing: false }
  const verifyOnce = async (isRefresh: boolean): Promise<ForeignJwt> => {
    const keys = await findKeys({ kid, isRefresh })
    return keys.kind === 'unavailable'
      ? { kind: 'invalid', rule: keys.rule, isKeyMissing: false }
      : verifyForeignJwt(token, { ...rules, keys })
  }
  const first = await verifyOnce(false)
  return first.kind === 'invalid' && first.isKeyMissing ? verifyOnce(true) : first
}
