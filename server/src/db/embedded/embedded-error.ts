import { Problem } from '../../platform/problem.ts'

/**
 * Why the embedded PostgreSQL cannot be used. `code` is stable; `message` is a sentence that says what to do;
 * `detail` is for the log alone (the words of PostgreSQL or of the operating system).
 */
export class EmbeddedError extends Problem {
  override readonly name = 'EmbeddedError'
  readonly code: EmbeddedErrorCode
  readonly detail: string | undefined

  constructor(code: EmbeddedErrorCode, message: string, detail?: string) {
    super(message)
    this.code = code
    this.detail = detail
  }
}

export type EmbeddedErrorCode =
  | 'no-binary-for-platform'
  | 'binary-does-not-run'
  | 'no-system-user'
  | 'system-folder-not-writable'
  | 'data-dir-not-writable'
  | 'data-dir-unreadable'
  | 'data-dir-in-use'
  | 'data-dir-starting'
  | 'cluster-in-use-elsewhere'
  | 'cluster-owned-by-other'
  | 'cluster-unreachable'
  | 'cluster-missing'
  | 'cluster-damaged'
  | 'cluster-version'
  | 'password-missing'
  | 'password-refused'
  | 'initdb-failed'
  | 'postgres-did-not-start'

export type Log = (line: { level: 'info' | 'warn' | 'error'; msg: string; [member: string]: unknown }) => void

/** The errno code of a failed system call (`ENOENT`), or the SQLSTATE of a database error. */
export const codeOf = (error: unknown): string | undefined => {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

export const USE_OTHER_DATABASE = 'set DATABASE_URL to a PostgreSQL 15 to 18 server'

export const unreadable = (path: string, cause: unknown): EmbeddedError =>
  new EmbeddedError('data-dir-unreadable', `${path} cannot be read. Run this as the user that runs the server.`, String(cause))
