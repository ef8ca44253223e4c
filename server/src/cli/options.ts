import { InvalidArgumentError } from 'commander'
import { parseDuration } from '../platform/duration.ts'

/** Parsers of option values; what does not fit ends the command with exit code 2. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`)
  }

/** A moment: RFC 3339, or a duration such as 1h that is counted back from now. */
export const moment = (text: string): Date => {
  const seconds = parseDuration(text)
  if (seconds !== undefined) return new Date(Date.now() - seconds * 1000)
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? new Date(text) : new Date(Number.NaN)
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError('Give a time such as 2026-01-31T12:00:00Z, or a duration such as 1h.')
  return time
}
