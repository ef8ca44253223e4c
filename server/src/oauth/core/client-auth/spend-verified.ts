import type { AuthenticatingClient } from '../client.ts'
import type { ForeignJwt } from '../jwt/verify-foreign-jwt.ts'
import type { ClientAuthPorts } from './client-auth-ports.ts'

const jtiCharactersMax = 256

/** Uses up an assertion whose signature and claims hold: last, so that a forged one cannot spend the `jti` of a true one. */
export const spendVerified = async (
  verdict: ForeignJwt,
  clientId: string,
  { spendAssertion }: Pick<ClientAuthPorts<AuthenticatingClient>, 'spendAssertion'>,
): Promise<string | undefined> => {
  if (verdict.kind === 'invalid') return verdict.rule
  const { sub, jti, exp } = verdict.claims
  if (sub !== clientId) return 'The "sub" of the client assertion is not the client.'
  if (typeof jti !== 'string' || jti === '' || jti.length > jtiCharactersMax)
    return `The client assertion has no "jti" of at most ${jtiCharactersMax} characters. Set a new one for each request.`
  const isFirst = await spendAssertion({ clientId, jti, expiresAt: exp as number })
  return isFirst ? undefined : 'The client assertion was used before. Make a new one for each request.'
}
