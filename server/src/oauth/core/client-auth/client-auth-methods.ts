import { clientSecretBasic } from './client-secret-basic.ts'
import { clientSecretJwt } from './client-secret-jwt.ts'
import { clientSecretPost } from './client-secret-post.ts'
import { noAuthentication } from './no-authentication.ts'
import { privateKeyJwt } from './private-key-jwt.ts'

/** Every method of `token_endpoint_auth_method` that is offered, strongest first. */
export const clientAuthMethods = [privateKeyJwt, clientSecretJwt, clientSecretBasic, clientSecretPost, noAuthentication] as const

export const clientAuthMethodNames: readonly string[] = clientAuthMethods.map(({ name }) => name)
