import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import type { Draft, Field } from './schema-fields.ts'

/** What the form says in the language of whoever fills it in. */
export type SchemaWords = {
  readonly attributes: Readonly<Record<string, string>>
  readonly hints: {
    readonly url: string
    readonly birthdate: string
    readonly zoneinfo: string
    readonly locale: string
    readonly e164: string
  }
  readonly page: {
    readonly onePerLine: string
    readonly asJson: string
    readonly yes: string
    readonly no: string
    readonly notSet: string
  }
}

const autocomplete: Readonly<Record<string, string>> = {
  name: 'name',
  given_name: 'given-name',
  family_name: 'family-name',
  middle_name: 'additional-name',
  nickname: 'nickname',
  website: 'url',
  birthdate: 'bday',
  phone_number: 'tel',
  street_address: 'street-address',
  locality: 'address-level2',
  region: 'address-level1',
  postal_code: 'postal-code',
  country: 'country-name',
}

const inWords = (name: string): string => {
  const spaced = name.replaceAll(/[_.:/-]+/g, ' ').replaceAll(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

const hintOf = ({ format, kind, description }: Field, { hints, page }: SchemaWords): string | undefined => {
  if (description !== undefined) return description
  if (kind === 'url') return hints.url
  if (kind === 'list') return page.onePerLine
  if (kind === 'json') return page.asJson
  return { birthdate: hints.birthdate, 'time-zone': hints.zoneinfo, 'language-tag': hints.locale, e164: hints.e164 }[format ?? '']
}

const typeOf = ({ kind, format }: Field): string => {
  if (kind === 'date') return 'date'
  if (kind === 'url') return 'url'
  return format === 'e164' ? 'tel' : format === 'email' ? 'email' : 'text'
}

type InputProps = {
  readonly words: SchemaWords
  readonly field: Field
  readonly value: Draft[string] | undefined
  readonly errors: Readonly<Record<string, string>>
  readonly onChange: (value: Draft[string]) => void
}

const Choice = ({ words: { page }, field, value, onChange, shared }: InputProps & { readonly shared: object }) => {
  const options =
    field.kind === 'flag'
      ? [
          { value: 'true', label: page.yes },
          { value: 'false', label: page.no },
        ]
      : field.choices.map((one) => ({ value: one, label: inWords(one) }))
  return (
    <NativeSelect
      {...shared}
      value={String(value ?? '')}
      data={[{ value: '', label: page.notSet }, ...options]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

const Input = (props: InputProps) => {
  const { words, field, value, errors, onChange } = props
  const shared = {
    label: field.title ?? words.attributes[field.name] ?? inWords(field.name),
    description: hintOf(field, words),
    error: errors[field.name],
    name: field.name,
    autoComplete: autocomplete[field.name] ?? 'off',
  }
  if (field.kind === 'choice' || field.kind === 'flag') return <Choice {...props} shared={shared} />
  const text = typeof value === 'string' ? value : ''
  const isLong = field.kind === 'lines' || field.kind === 'list' || field.kind === 'json'
  if (isLong) return <Textarea {...shared} value={text} rows={3} onChange={(event) => onChange(event.currentTarget.value)} />
  const limits = field.lengthMax === undefined ? {} : { maxLength: field.lengthMax }
  const numeric = field.kind === 'number' ? { inputMode: field.isWhole ? ('numeric' as const) : ('decimal' as const) } : {}
  return (
    <TextInput
      {...shared}
      {...limits}
      {...numeric}
      type={typeOf(field)}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** What is wrong inside of a group: `address.locality` is told as `locality` of `address`. */
const within = (errors: Readonly<Record<string, string>>, name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(errors).flatMap(([path, one]) => (path.startsWith(`${name}.`) ? [[path.slice(name.length + 1), one]] : [])),
  )

type FormProps = {
  readonly words: SchemaWords
  readonly fields: readonly Field[]
  readonly draft: Draft
  readonly errors: Readonly<Record<string, string>>
  readonly onChange: (draft: Draft) => void
}

/** Inputs for the attributes of a schema; a group of them stands under its own name. */
export const SchemaForm = ({ words, fields, draft, errors, onChange }: FormProps) => {
  const set = (name: string) => (value: Draft[string]) => onChange({ ...draft, [name]: value })
  return (
    <div className="fields">
      {fields.map((field) =>
        field.kind === 'group' ? (
          <fieldset key={field.name}>
            <legend>{field.title ?? words.attributes[field.name] ?? inWords(field.name)}</legend>
            <SchemaForm
              words={words}
              fields={field.fields}
              draft={(draft[field.name] ?? {}) as Draft}
              errors={within(errors, field.name)}
              onChange={set(field.name)}
            />
          </fieldset>
        ) : (
          <Input key={field.name} words={words} field={field} value={draft[field.name]} errors={errors} onChange={set(field.name)} />
        ),
      )}
    </div>
  )
}
