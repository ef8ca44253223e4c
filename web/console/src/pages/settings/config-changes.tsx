import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { useMessages } from '../../console-context.tsx'
import { DiffTable } from '../../parts/diff-table.tsx'

export type ConfigChange = AdminAnswer<'get', '/changes/{id}'>['body']['changes'][number]

/** Each thing that is made, changed or deleted, with what differs of it. */
export const ConfigChanges = ({ changes }: { readonly changes: readonly ConfigChange[] }) => {
  const { config } = useMessages().settings
  const kinds: Readonly<Record<string, string>> = config.kinds
  return (
    <ul className="claims">
      {changes.map(({ section, key, kind, differences }) => (
        <li key={`${section} ${key}`} className="stack-tight">
          <h3>
            {kinds[kind] ?? kind}: <code>{section}</code> {key}
          </h3>
          <DiffTable differences={differences.map(({ at, before, after }) => ({ path: at, before, after }))} />
        </li>
      ))}
    </ul>
  )
}
