import { ApiError, StepUpRequired } from '@custom-identity-platform/sdk'
import type { Messages } from './messages/messages.ts'
import { ChangeWaits } from './waiting.ts'

/** What to tell about an error: the server's sentence where it wrote one, what to do where it could not. */
export const sentenceOf = (error: unknown, { problem }: Messages): string => {
  if (!(error instanceof ApiError)) return problem.failed
  if (error.kind === 'offline') return problem.offline
  if (error.kind === 'signed-out') return problem.signedOut
  if (error.kind === 'too-many') return problem.tooMany(error.retryAfterSeconds)
  if (error.kind === 'unavailable') return problem.unavailable
  if (error.kind === 'failed') return problem.failed
  return error.errors.length > 0 && error.errors.every(({ loc }) => loc[0] === 'body') ? problem.invalid : error.message
}

/** What was not done because nobody signed in anew needs no word: the person decided so. Nor does what waits for a second person: a toast has told it. */
export const isCancelled = (error: unknown): boolean => error instanceof StepUpRequired || error instanceof ChangeWaits

export const isWorthRetrying = (error: unknown): boolean =>
  error instanceof ApiError && ['offline', 'unavailable', 'failed'].includes(error.kind)

/** The number of the request, by which it is found among the events. */
export const requestIdOf = (error: unknown): string | undefined => (error instanceof ApiError ? error.requestId : undefined)
