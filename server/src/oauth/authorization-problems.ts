import type { Client } from '../clients/clients.ts'
import type { RefusalReason } from '../pages/refusal-words.ts'
import type { OAuthError } from './core/errors.ts'
import { keptRedirect } from './refused-redirects.ts'

/** A failure that must be shown here: the client or its redirect URI is not known to be right (RFC 6749 section 4.1.2.1). */
export type PageProblem = {
  readonly code: string
  readonly description: string
  readonly hint: string
  /** What the pages have words for in every language; description and hint are in English. */
  readonly reason?: RefusalReason | undefined
  readonly clientId: string | undefined
  /** The address that the application sent and that is not registered, as far as it may be kept. It is never shown here. */
  readonly refusedRedirect?: string | undefined
}

/** A request that is answered by a page of ours. */
export type OnPage = { readonly kind: 'page'; readonly problem: PageProblem }

const page = (problem: PageProblem): OnPage => ({ kind: 'page', problem })

export const unknownClient = (clientId: string | undefined): OnPage =>
  page({
    code: clientId === undefined ? 'invalid_request' : 'invalid_client',
    description: clientId === undefined ? 'client_id is missing, or was sent twice.' : 'No application is registered under this client_id.',
    hint: 'Check the client_id of the application. An operator lists the registered ones with: cip clients list',
    reason: clientId === undefined ? 'client-missing' : 'client-unknown',
    clientId,
  })

export const badRedirect = (client: Client, presented: string | undefined): OnPage =>
  page({
    code: 'invalid_request',
    description:
      presented === undefined
        ? 'redirect_uri is missing, or was sent twice.'
        : 'The redirect_uri of the request is not registered for this application.',
    hint: `It must equal a registered one to the letter, path and query included. An operator adds one with: cip clients update ${client.id} --redirect-uri <uri>`,
    reason: presented === undefined ? 'redirect-missing' : 'redirect-foreign',
    clientId: client.id,
    refusedRedirect: keptRedirect(presented),
  })

export const problemPage = (error: OAuthError, client: Client): OnPage =>
  page({
    code: error.error,
    description: error.description,
    hint: 'The request cannot be answered to the application, because no redirect URI of it is known here.',
    clientId: client.id,
  })
