import { TextInput } from '@mantine/core'
import { useMessages } from '../../console-context.tsx'
import type { Form } from '../../parts/use-form.ts'

export type Draft = { readonly name: string; readonly slug: string }

/** Fits the form of a slug as far as it can be told while it is typed. */
export const slugOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 63)

type FieldsProps<D extends Draft> = { readonly form: Form<D>; readonly onName?: (name: string) => void }

export const OrganizationFields = <D extends Draft>({ form: { draft, errors, set }, onName }: FieldsProps<D>) => {
  const { organizations } = useMessages()
  const change = (members: Partial<Draft>): void => set(members as Partial<D>)
  return (
    <>
      <TextInput
        {...{ label: organizations.name, value: draft.name, error: errors['name'] }}
        maxLength={100}
        autoComplete="off"
        onChange={({ currentTarget: { value } }) => (onName === undefined ? change({ name: value }) : onName(value))}
      />
      <TextInput
        {...{ label: organizations.slug, description: organizations.slugHint, value: draft.slug, error: errors['slug'] }}
        maxLength={63}
        autoComplete="off"
        spellCheck={false}
        onChange={({ currentTarget: { value } }) => change({ slug: value.toLowerCase() })}
      />
    </>
  )
}
