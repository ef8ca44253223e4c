import { Type } from 'typebox'
import { OAuthError } from '../core/errors.ts'
import type { Explained, Provider } from '../provider.ts'

export const ErrorBody = Type.Object({ error: Type.String(), error_description: Type.Optional(Type.String()) })

type ErrorReply = {
  readonly status: 400 | 401
  readonly body: { readonly error: string; readonly error_description: string }
  readonly headers: Readonly<Record<string, string>>
}

/** A refusal in the shape of RFC 6749 section 5.2; 401 names the scheme that a client can use. */
export const errorReply = (error: OAuthError): ErrorReply => {
  const isClient = error.error === 'invalid_client'
  return {
    status: isClient ? 401 : 400,
    body: { error: error.error, error_description: error.description },
    headers: { pragma: 'no-cache', ...(isClient ? { 'www-authenticate': 'Basic realm="oauth2", charset="UTF-8"' } : {}) },
  }
}

type About = Explained & { readonly clientId: string | undefined }

/** Runs an endpoint; a refusal by a rule of a specification is answered, and the rule goes to the log. */
export const answering = async <T>(provider: Provider, about: About, work: () => Promise<T>): Promise<T | ErrorReply> => {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    provider.explain(about, { error: error.error, rule: error.rule, clientId: about.clientId })
    return errorReply(error)
  }
}
