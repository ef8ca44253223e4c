import { ApiError } from '@custom-identity-platform/sdk'
import type { Messages } from './messages/messages.ts'

/** What to tell about an error: the server's own sentence where it wrote one, what to do where it could not. */
export const sentenceOf = (error: unknown, { problem }: Messages): string => {
  if (!(error instanceof ApiError)) return problem.failed
  if (error.kind === 'offline') return problem.offline
  if (error.kind === 'signed-out') return problem.signedOut
  if (error.kind === 'too-many') return problem.tooMany(error.retryAfterSeconds)
  if (error.kind === 'unavailable') return problem.unavailable
  return error.kind === 'failed' ? problem.failed : error.message
}

export const fieldsOf = (error: unknown): Readonly<Record<string, string>> => (error instanceof ApiError ? error.fields : {})

/** Whether the same question may be answered a moment later. */
export const isWorthRetrying = (error: unknown): boolean =>
  error instanceof ApiError && ['offline', 'unavailable', 'failed'].includes(error.kind)
