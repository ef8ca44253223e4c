import { useMessages } from '../console-context.tsx'
import type { Difference } from './setting-diff.ts'

type Words = Readonly<Record<string, string>>

const Printed = ({ value }: { readonly value: unknown }) => {
  const { parts } = useMessages()
  if (value === undefined || value === null || value === '') return <span className="quiet">{parts.notSet}</span>
  if (typeof value === 'boolean') return value ? parts.yes : parts.no
  return typeof value === 'string' ? value : <code>{JSON.stringify(value, null, 1)}</code>
}

/** What differs, member by member, before and after. `names` says how members are called. */
export const DiffTable = ({ differences, names = {} }: { readonly differences: readonly Difference[]; readonly names?: Words }) => {
  const { parts } = useMessages()
  if (differences.length === 0) return <p className="quiet">{parts.diff.none}</p>
  return (
    <section className="table-scroll" aria-label={parts.diff.title} tabIndex={-1}>
      <table className="table table-plain table-short">
        <caption className="hidden-text">{parts.diff.title}</caption>
        <thead>
          <tr>
            <th scope="col">{parts.conflict.field}</th>
            <th scope="col">{parts.diff.before}</th>
            <th scope="col">{parts.diff.after}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ path, before, after }) => (
            <tr key={path}>
              <th scope="row">{names[path] ?? <code>{path || '*'}</code>}</th>
              <td>
                <Printed value={before} />
              </td>
              <td>
                <Printed value={after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
