import { Notice } from '@custom-identity-platform/kit/panel.tsx'
import { Button } from '@mantine/core'
import { useMessages } from '../console-context.tsx'
import type { Form } from './use-form.ts'

type ConflictProps<D extends object> = {
  readonly form: Form<D>
  readonly conflict: D
  readonly names: Readonly<Record<string, string>>
}

const printed = (value: unknown, none: string): string => {
  if (value === undefined || value === null || value === '') return none
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1)
}

/** What somebody else saved meanwhile beside one's own draft, and the choice between them. */
export const Conflict = <D extends object>({ form, conflict, names }: ConflictProps<D>) => {
  const { parts } = useMessages()
  const members = Object.keys({ ...conflict, ...form.draft }) as (keyof D & string)[]
  const differing = members.filter((name) => JSON.stringify(conflict[name]) !== JSON.stringify(form.draft[name]))
  return (
    <Notice kind="warn" isAlert>
      <p>
        <strong>{parts.conflict.title}.</strong> {parts.conflict.text}
      </p>
      <table className="table table-plain">
        <thead>
          <tr>
            <th scope="col">{parts.conflict.field}</th>
            <th scope="col">{parts.conflict.yours}</th>
            <th scope="col">{parts.conflict.theirs}</th>
          </tr>
        </thead>
        <tbody>
          {differing.map((name) => (
            <tr key={name}>
              <th scope="row">{names[name] ?? name}</th>
              <td>{printed(form.draft[name], parts.notSet)}</td>
              <td>{printed(conflict[name], parts.notSet)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="actions">
        <Button variant="default" size="xs" onClick={form.takeTheirs}>
          {parts.conflict.takeTheirs}
        </Button>
        <Button size="xs" onClick={form.keepMine} loading={form.isSaving}>
          {parts.conflict.keepMine}
        </Button>
      </div>
    </Notice>
  )
}
