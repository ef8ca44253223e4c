import { checkSecret } from './check-secret.ts'
import type { ClientAuthMethod } from './client-auth-method.ts'

/** RFC 6749 section 2.3.1, in the Authorization header. */
export const clientSecretBasic: ClientAuthMethod<'basic'> = {
  name: 'client_secret_basic',
  takes: 'basic',
  check: async ({ secrets }, { secret }, ports) => checkSecret(secrets, secret, ports),
}
