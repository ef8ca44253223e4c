import { Icon, type IconName } from '@custom-identity-platform/kit/icons.tsx'
import { Empty } from '@custom-identity-platform/kit/panel.tsx'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { KeyboardEvent, ReactNode } from 'react'
import { useMessages } from '../console-context.tsx'
import type { Search } from '../search.ts'
import { Failure } from './failure.tsx'
import { useSearchState } from './search-state.ts'
import type { List } from './use-list.ts'

export type Column<Row> = {
  readonly key: string
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  readonly isNumber?: boolean
  /** Left out where there is little room. */
  readonly isExtra?: boolean
}

export type Selection = {
  readonly chosen: ReadonlySet<string>
  readonly onChange: (chosen: ReadonlySet<string>) => void
}

type TableProps<Row> = {
  /** What the rows are, for screen readers. */
  readonly label: string
  readonly list: List<Row>
  readonly columns: readonly Column<Row>[]
  readonly rowKey: (row: Row) => string
  /** How a row is called, and where it leads. */
  readonly rowName: (row: Row) => string
  readonly rowLink?: (row: Row) => { readonly to: string; readonly search?: Search }
  readonly selection?: Selection | undefined
  /** What stands there as long as there is nothing: what this is good for, and how to begin. */
  readonly empty: { readonly icon: IconName; readonly title: string; readonly text: string; readonly action?: ReactNode }
}

const keys: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
}

/** Arrow keys go from row to row. */
const moveFocus = (event: KeyboardEvent<HTMLElement>): void => {
  const move = keys[event.key]
  if (move === undefined || !(event.target instanceof HTMLElement) || !event.target.matches('.row-link')) return
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('.row-link')]
  event.preventDefault()
  links[move(links.indexOf(event.target), links.length - 1)]?.focus()
}

const SelectAll = <Row,>({ list, rowKey, selection }: Pick<TableProps<Row>, 'list' | 'rowKey'> & { readonly selection: Selection }) => {
  const { parts } = useMessages()
  const all = list.rows.map(rowKey)
  const isAll = all.length > 0 && all.every((one) => selection.chosen.has(one))
  return (
    <input type="checkbox" aria-label={parts.selectAll} checked={isAll} onChange={() => selection.onChange(new Set(isAll ? [] : all))} />
  )
}

const toggled = (chosen: ReadonlySet<string>, key: string): ReadonlySet<string> =>
  chosen.has(key) ? new Set([...chosen].filter((one) => one !== key)) : new Set([...chosen, key])

const classOf = ({ isNumber = false, isExtra = false }: Column<never>): string | undefined =>
  [isNumber ? 'number cell-number' : '', isExtra ? 'cell-extra' : ''].filter(Boolean).join(' ') || undefined

const Body = <Row,>({ list, columns, rowKey, rowName, rowLink, selection }: TableProps<Row>) => {
  const { parts } = useMessages()
  return list.rows.map((row) => {
    const [key, link] = [rowKey(row), rowLink?.(row)]
    return (
      <tr key={key} data-chosen={selection?.chosen.has(key)}>
        {selection === undefined ? null : (
          <td className="cell-select">
            <input
              type="checkbox"
              aria-label={parts.selectRow(rowName(row))}
              checked={selection.chosen.has(key)}
              onChange={() => selection.onChange(toggled(selection.chosen, key))}
            />
          </td>
        )}
        {columns.map((column, index) => (
          <td key={column.key} className={classOf(column)}>
            {index === 0 && link !== undefined ? (
              <Link className="row-link" to={link.to} search={link.search ?? {}} preload="intent">
                {column.cell(row)}
              </Link>
            ) : (
              column.cell(row)
            )}
          </td>
        ))}
      </tr>
    )
  })
}

const bones = [0, 1, 2, 3, 4, 5]

const Skeleton = ({ columns }: { readonly columns: number }) =>
  bones.map((one) => (
    <tr key={one}>
      <td colSpan={columns}>
        <span className="bone" />
      </td>
    </tr>
  ))

const Nothing = <Row,>({ list, empty }: Pick<TableProps<Row>, 'list' | 'empty'>) => {
  const { parts } = useMessages()
  const { search, change } = useSearchState()
  if (!list.isFiltered)
    return (
      <Empty mark={<Icon name={empty.icon} size={28} />} title={empty.title}>
        <p>{empty.text}</p>
        {empty.action}
      </Empty>
    )
  const none = Object.fromEntries(Object.keys(search).map((name) => [name, undefined]))
  return (
    <Empty mark={<Icon name="search" size={28} />} title={parts.nothingFits}>
      <Button variant="default" size="xs" onClick={() => change({ ...none, tab: search['tab'] })}>
        {parts.clearFilters}
      </Button>
    </Empty>
  )
}

const Pager = <Row,>({ list: { onNext, onPrevious } }: { readonly list: List<Row> }) => {
  const { parts } = useMessages()
  if (onNext === undefined && onPrevious === undefined) return null
  return (
    <nav className="pager" aria-label={parts.pages}>
      <Button variant="default" size="xs" disabled={onPrevious === undefined} onClick={() => onPrevious?.()}>
        {parts.previous}
      </Button>
      <Button variant="default" size="xs" disabled={onNext === undefined} onClick={() => onNext?.()}>
        {parts.next}
      </Button>
    </nav>
  )
}

/** Rows of a kind by pages: on their way, there, none, or why they could not be read. */
export const DataTable = <Row,>(props: TableProps<Row>) => {
  const { label, list, columns, selection } = props
  const { loading, parts } = useMessages()
  const { isPending, isError, error, isPlaceholderData, refetch } = list.query
  if (isError && list.rows.length === 0) return <Failure error={error} onRetry={refetch} />
  const isEmpty = !isPending && list.rows.length === 0
  if (isEmpty && list.onPrevious === undefined && list.onNext === undefined) return <Nothing {...props} />
  return (
    <>
      {/* Where it is wider than the screen it scrolls by itself, by keyboard too. */}
      <section className="table-scroll" aria-label={label} tabIndex={-1}>
        <table className="table" aria-busy={isPending || isPlaceholderData} data-old={isPlaceholderData} onKeyDown={moveFocus}>
          <caption className="hidden-text">{isPending ? `${label}: ${loading}` : label}</caption>
          <thead>
            <tr>
              {selection === undefined ? null : (
                <th className="cell-select" scope="col">
                  <SelectAll {...props} selection={selection} />
                </th>
              )}
              {columns.map((column) => (
                <th key={column.key} scope="col" className={classOf(column)}>
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{isPending ? <Skeleton columns={columns.length + (selection === undefined ? 0 : 1)} /> : <Body {...props} />}</tbody>
        </table>
      </section>
      {isEmpty && list.onNext !== undefined ? <p className="quiet">{parts.nothingYet}</p> : null}
      <Pager list={list} />
    </>
  )
}
