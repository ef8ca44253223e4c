import { type Html, html } from '../platform/html.ts'
import { fill, type Messages } from './messages.ts'

type Words = { readonly description: string; readonly hint?: string | Html }

// A command is written from left to right on every page.
const withCommand = (hint: string, command: string): Html => fill(hint, { command: html`<code dir="ltr">${command}</code>` })

const words = {
  'client-unknown': (messages) => ({
    description: messages.unknownClient,
    hint: withCommand(messages.unknownClientHint, 'cip clients list'),
  }),
  'client-missing': (messages) => ({
    description: messages.missingClient,
    hint: withCommand(messages.unknownClientHint, 'cip clients list'),
  }),
  'redirect-foreign': (messages, clientId) => ({
    description: messages.foreignRedirect,
    hint: withCommand(messages.redirectHint, addRedirect(clientId)),
  }),
  'redirect-missing': (messages, clientId) => ({
    description: messages.missingRedirect,
    hint: withCommand(messages.redirectHint, addRedirect(clientId)),
  }),
  'request-malformed': (messages) => ({ description: messages.malformedRequest, hint: messages.malformedRequestHint }),
  'request-large': (messages) => ({ description: messages.largeRequest, hint: messages.largeRequestHint }),
  'flow-expired': (messages) => ({ description: messages.expiredFlow, hint: messages.startAgain }),
  'form-foreign': (messages) => ({ description: messages.foreignForm, hint: messages.startAgain }),
  'too-many-requests': (messages) => ({ description: messages.tooManyRequests }),
  unavailable: (messages) => ({ description: messages.unavailable }),
  'server-error': (messages) => ({ description: messages.serverError }),
} satisfies Record<string, (messages: Messages, clientId: string) => Words>

const addRedirect = (clientId: string): string => `cip clients update ${clientId} --redirect-uri <uri>`

/** Why a request was refused, where the pages have words for it in every language. */
export type RefusalReason = keyof typeof words

/** What is told of a refusal, and how it is mended. */
export const refusalWords = (messages: Messages, reason: RefusalReason, clientId = ''): Words => words[reason](messages, clientId)
