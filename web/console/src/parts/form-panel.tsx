import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useMessages } from '../console-context.tsx'
import { Conflict } from './conflict.tsx'
import { Problem } from './failure.tsx'
import type { Form } from './use-form.ts'

type FormPanelProps<D extends object> = {
  readonly title: string
  readonly intro?: ReactNode
  readonly form: Form<D>
  /** What the button says; by itself "Save". */
  readonly submit?: string
  /** False where it may be sent as it stands, as a form for something new. */
  readonly isChange?: boolean
  /** How a conflict calls the members. */
  readonly names?: Readonly<Record<string, string>>
  readonly children: ReactNode
}

/** A form under a heading: what is not saved is said, what is wrong stands at its field, and a change of somebody else is shown beside one's own. */
export const FormPanel = <D extends object>(props: FormPanelProps<D>) => {
  const { title, intro, form, submit, isChange = true, names = {}, children } = props
  const { parts, save } = useMessages()
  return (
    <Panel title={title} {...(intro === undefined ? {} : { intro })}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          form.submit()
        }}
      >
        {children}
        {form.conflict === undefined ? <Problem error={form.error} /> : <Conflict form={form} conflict={form.conflict} names={names} />}
        <div className="form-foot">
          <Button type="submit" loading={form.isSaving} disabled={(isChange && !form.isDirty) || form.conflict !== undefined}>
            {submit ?? save}
          </Button>
          {isChange && form.isDirty ? (
            <>
              <Button variant="subtle" onClick={form.discard} disabled={form.isSaving}>
                {parts.discard}
              </Button>
              <span className="quiet" role="status">
                {parts.unsaved}
              </span>
            </>
          ) : null}
        </div>
      </form>
    </Panel>
  )
}
