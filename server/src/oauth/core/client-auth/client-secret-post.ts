import { checkSecret } from './check-secret.ts'
import type { ClientAuthMethod } from './client-auth-method.ts'

/** RFC 6749 section 2.3.1, in the body. */
export const clientSecretPost: ClientAuthMethod<'post'> = {
  name: 'client_secret_post',
  takes: 'post',
  check: async ({ secrets }, { secret }, ports) => checkSecret(secrets, secret, ports),
}
