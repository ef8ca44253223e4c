export type GuardedFetchCode =
  | 'refused-url'
  | 'refused-scheme'
  | 'refused-address'
  | 'timeout'
  | 'too-large'
  | 'redirect'
  | 'unreadable'
  | 'unreachable'
  | 'tls'

/** The message is for the log alone: told to whoever named the URL, it would say what answers inside the network. */
export class GuardedFetchError extends Error {
  override readonly name = 'GuardedFetchError'
  readonly code: GuardedFetchCode
  constructor(code: GuardedFetchCode, message: string) {
    super(message)
    this.code = code
  }
}
