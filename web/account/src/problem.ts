import { ApiError } from '@custom-identity-platform/sdk'
import type { Messages } from './messages/messages.ts'

type Refusals = Pick<Messages, 'refusals'>

/** A sentence of the server in the language of the portal; undefined where nobody put it into other words. */
const known = (sentence: string, { refusals }: Refusals): string | undefined => {
  const number = /\d+/.exec(sentence)?.[0]
  return number === undefined ? refusals[sentence] : refusals[sentence.replace(number, '#')]?.replace('#', number)
}

/** What a problem says by its sentence, or by its code; the account API gives no codes, so its kind does for one. */
const knownProblem = ({ message, code, kind }: ApiError, messages: Messages): string | undefined =>
  known(message, messages) ?? messages.refusals[code ?? kind]

export const fieldsOf = (error: unknown, messages: Refusals): Readonly<Record<string, string>> =>
  error instanceof ApiError
    ? Object.fromEntries(Object.entries(error.fields).map(([name, one]) => [name, known(one, messages) ?? one]))
    : {}

/** What to tell about an error: the server's sentence where it wrote one, what to do where it could not. */
export const sentenceOf = (error: unknown, messages: Messages): string => {
  const { problem } = messages
  if (!(error instanceof ApiError)) return problem.failed
  if (error.kind === 'offline') return problem.offline
  if (error.kind === 'signed-out') return problem.signedOut
  if (error.kind === 'too-many') return problem.tooMany(error.retryAfterSeconds)
  const words = knownProblem(error, messages)
  if (words !== undefined) return words
  if (error.kind === 'unavailable') return problem.unavailable
  if (error.kind === 'failed') return problem.failed
  // "The request does not fit its form" says less than what is wrong with one of its fields.
  return Object.values(fieldsOf(error, messages))[0] ?? error.message
}

/** Whether the same question may be answered a moment later. */
export const isWorthRetrying = (error: unknown): boolean =>
  error instanceof ApiError && ['offline', 'unavailable', 'failed'].includes(error.kind)
