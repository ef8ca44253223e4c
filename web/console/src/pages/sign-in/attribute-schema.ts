/** A property of the schema of attributes; what is not named here is kept as it is. */
export type Property = Readonly<Record<string, unknown>>
export type Schema = Readonly<Record<string, unknown>> & {
  readonly properties?: Readonly<Record<string, Property>>
  readonly required?: readonly string[]
}

export const kinds = ['text', 'number', 'whole', 'yesNo', 'choice', 'url', 'date', 'phone'] as const
export type NewKind = (typeof kinds)[number]
export type Kind = NewKind | 'other'
export type SignUp = 'auto' | 'yes' | 'no'

const forms: Readonly<Record<NewKind, Property>> = {
  text: { type: 'string', maxLength: 200 },
  number: { type: 'number' },
  whole: { type: 'integer' },
  yesNo: { type: 'boolean' },
  choice: {},
  url: { type: 'string', format: 'web-url' },
  date: { type: 'string', format: 'birthdate' },
  phone: { type: 'string', format: 'e164' },
}

const formats: Readonly<Record<string, Kind>> = { 'web-url': 'url', birthdate: 'date', e164: 'phone' }
const types: Readonly<Record<string, Kind>> = { string: 'text', number: 'number', integer: 'whole', boolean: 'yesNo' }

export const kindOf = ({ type, format, enum: choices }: Property): Kind => {
  if (Array.isArray(choices)) return 'choice'
  if (type === 'string' && typeof format === 'string') return formats[format] ?? 'text'
  return (typeof type === 'string' ? types[type] : undefined) ?? 'other'
}

export const signUpOf = ({ 'x-sign-up': mark }: Property): SignUp => {
  if (mark === undefined) return 'auto'
  return mark === false ? 'no' : 'yes'
}

const changed = (schema: Schema, name: string, change: (property: Property) => Property): Schema => ({
  ...schema,
  properties: { ...schema.properties, [name]: change(schema.properties?.[name] ?? {}) },
})

export const withRequired = (schema: Schema, name: string, isRequired: boolean): Schema => {
  const others = (schema.required ?? []).filter((one) => one !== name)
  return { ...schema, required: isRequired ? [...others, name] : others }
}

/** A place that was given stays as long as the attribute is asked for. */
export const withSignUp = (schema: Schema, name: string, wanted: SignUp): Schema =>
  changed(schema, name, ({ 'x-sign-up': mark, ...rest }) => {
    if (wanted === 'auto') return rest
    const kept = typeof mark === 'number' ? mark : true
    return { ...rest, 'x-sign-up': wanted === 'yes' ? kept : false }
  })

export const withEditable = (schema: Schema, name: string, isEditable: boolean): Schema =>
  changed(schema, name, ({ readOnly: _, ...rest }) => (isEditable ? rest : { ...rest, readOnly: true }))

export const withoutAttribute = (schema: Schema, name: string): Schema => {
  const { [name]: _, ...properties } = schema.properties ?? {}
  return withRequired({ ...schema, properties }, name, false)
}

type NewAttribute = { readonly name: string; readonly title: string; readonly kind: NewKind; readonly choices: readonly string[] }

export const withAttribute = (schema: Schema, { name, title, kind, choices }: NewAttribute): Schema =>
  changed(schema, name, () => ({
    ...forms[kind],
    ...(kind === 'choice' ? { enum: [...choices] } : {}),
    ...(title === '' ? {} : { title }),
  }))
