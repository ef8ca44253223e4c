import { Textarea, TextInput } from '@mantine/core'
import { useMessages } from '../../console-context.tsx'
import type { Form } from '../../parts/use-form.ts'

export type Draft = { readonly name: string; readonly description: string }

export const bodyOf = ({ name, description }: Draft): Draft => ({ name: name.trim(), description: description.trim() })

export const GroupFields = ({ form: { draft, errors, set } }: { readonly form: Form<Draft> }) => {
  const { userGroups } = useMessages()
  return (
    <div className="stack">
      <TextInput
        {...{ label: userGroups.name, value: draft.name, error: errors['name'] }}
        maxLength={100}
        autoComplete="off"
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Textarea
        {...{
          label: userGroups.description,
          description: userGroups.descriptionHint,
          value: draft.description,
          error: errors['description'],
        }}
        maxLength={500}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
    </div>
  )
}
