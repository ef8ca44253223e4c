import type { ReactNode } from 'react'

export type PlainColumn<Row> = {
  readonly key: string
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  readonly isExtra?: boolean
}

type PlainTableProps<Row> = {
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly PlainColumn<Row>[]
  readonly rowKey: (row: Row) => string
  /** Said where there is none. */
  readonly none: string
}

/** A short list that comes whole. */
export const PlainTable = <Row,>({ label, rows, columns, rowKey, none }: PlainTableProps<Row>) => {
  if (rows.length === 0) return <p className="quiet">{none}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where there is little room
    <section className="table-scroll" aria-label={label} tabIndex={0}>
      <table className="table table-short">
        <caption className="hidden-text">{label}</caption>
        <thead>
          <tr>
            {columns.map(({ key, title, isExtra = false }) => (
              <th key={key} scope="col" className={isExtra ? 'cell-extra' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ key, cell, isExtra = false }) => (
                <td key={key} className={isExtra ? 'cell-extra' : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
