import type { SequencePosition, TableShape } from '../../db/backup.ts'

/**
 * The first line of a backup's contents. The lines after it: for each table a `TableLine` and then its rows, each a JSON array;
 * at the end one `EndLine`. So a line that begins with `[` is a row, and one that begins with `{` is not.
 */
export type Head = {
  readonly kind: 'backup'
  readonly format: 1
  readonly createdAt: string
  readonly release: string
  readonly migrations: readonly string[]
  /** The installation's secret, from which every key at rest is derived. */
  readonly secret: string
  readonly sequences: readonly SequencePosition[]
}
export type TableLine = TableShape & { readonly kind: 'table' }
/** `digest`: SHA-256 of all lines before, each with its line feed, as hexadecimal digits. */
export type EndLine = { readonly kind: 'end'; readonly rows: Readonly<Record<string, number>>; readonly digest: string }

export const totalRows = ({ rows }: Pick<EndLine, 'rows'>): number => Object.values(rows).reduce((sum, count) => sum + count, 0)
