import type { ClientAuthMethod } from './client-auth-method.ts'

/** A public client says its name alone (OpenID Connect Core section 9, `none`). */
export const noAuthentication: ClientAuthMethod<'none'> = {
  name: 'none',
  takes: 'none',
  check: async () => undefined,
}
