/** One attribute of the tenant's JSON Schema, as the form draws it. */
export type Field = {
  readonly name: string
  readonly kind: 'line' | 'lines' | 'date' | 'url' | 'number' | 'flag' | 'choice' | 'list' | 'group' | 'json'
  readonly title: string | undefined
  readonly description: string | undefined
  readonly format: string | undefined
  readonly lengthMax: number | undefined
  readonly choices: readonly string[]
  readonly isWhole: boolean
  readonly fields: readonly Field[]
}

type Schema = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const formats: Readonly<Record<string, Field['kind']>> = { date: 'date', uri: 'url', url: 'url', 'web-url': 'url' }
const longFrom = 512

const kindOfText = ({ format, maxLength }: Schema): Field['kind'] => {
  const known = typeof format === 'string' ? formats[format] : undefined
  if (known !== undefined) return known
  return typeof maxLength === 'number' && maxLength > longFrom ? 'lines' : 'line'
}

const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((one) => typeof one === 'string')

const kindOf = (schema: Schema): Field['kind'] => {
  if (isTexts(schema['enum'])) return 'choice'
  if (schema['type'] === 'string') return kindOfText(schema)
  if (schema['type'] === 'boolean') return 'flag'
  if (schema['type'] === 'number' || schema['type'] === 'integer') return 'number'
  if (schema['type'] === 'array' && isObject(schema['items']) && schema['items']['type'] === 'string') return 'list'
  if (schema['type'] === 'object' && isObject(schema['properties'])) return 'group'
  return 'json'
}

const fieldOf = (name: string, schema: Schema): Field => {
  const { title, description, format, maxLength } = schema
  const kind = kindOf(schema)
  return {
    ...{ name, kind, title: textOf(title), description: textOf(description), format: textOf(format) },
    lengthMax: typeof maxLength === 'number' ? maxLength : undefined,
    choices: isTexts(schema['enum']) ? schema['enum'] : [],
    isWhole: schema['type'] === 'integer',
    fields: kind === 'group' ? fieldsOf(schema) : [],
  }
}

/** The attributes of a schema in its order, whatever cannot be drawn as JSON. What only the service itself may say is left out. */
export const fieldsOf = (schema: Schema): readonly Field[] =>
  Object.entries(isObject(schema['properties']) ? schema['properties'] : {})
    .filter(([name, one]) => !/_verified$/.test(name) && !(isObject(one) && one['readOnly'] === true))
    .map(([name, one]) => fieldOf(name, isObject(one) ? one : {}))

/** What stands in a form: text for most, a form of its own for a group. */
export type Draft = { readonly [name: string]: string | boolean | Draft }

export const draftOf = (fields: readonly Field[], values: Schema): Draft =>
  Object.fromEntries(fields.map((field) => [field.name, draftValue(field, values[field.name])]))

const draftValue = (field: Field, value: unknown): string | boolean | Draft => {
  if (field.kind === 'group') return draftOf(field.fields, isObject(value) ? value : {})
  if (value === undefined || value === null) return ''
  if (field.kind === 'flag') return value === true ? 'true' : 'false'
  if (field.kind === 'list') return isTexts(value) ? value.join('\n') : ''
  if (field.kind === 'json') return JSON.stringify(value, null, 2)
  return String(value)
}

/** The value that a draft stands for; undefined where it is empty. Throws `SyntaxError` for JSON that is none. */
const meaningOf = (field: Field, draft: Draft[string] | undefined): unknown => {
  if (field.kind === 'group') {
    const inside = isObject(draft) ? valuesOf(field.fields, draft as Draft) : {}
    return Object.keys(inside).length === 0 ? undefined : inside
  }
  const text = typeof draft === 'string' ? draft.trim() : ''
  if (text === '') return undefined
  if (field.kind === 'flag') return text === 'true'
  if (field.kind === 'number') return Number.isNaN(Number(text)) ? text : Number(text)
  if (field.kind === 'json') return JSON.parse(text)
  return field.kind === 'list' ? text.split('\n').flatMap((one) => one.trim() || []) : text
}

const valuesOf = (fields: readonly Field[], draft: Draft): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const value = meaningOf(field, draft[field.name])
      return value === undefined ? [] : [[field.name, value]]
    }),
  )

/** Names whose JSON cannot be read. */
export const unreadable = (fields: readonly Field[], draft: Draft): readonly string[] =>
  fields
    .filter(({ kind }) => kind === 'json')
    .filter((field) => {
      try {
        meaningOf(field, draft[field.name])
        return false
      } catch {
        return true
      }
    })
    .map(({ name }) => name)

/** What changed between two drafts, for the API: null takes an attribute away. */
export const changesOf = (fields: readonly Field[], { before, after }: { readonly before: Draft; readonly after: Draft }): Schema =>
  Object.fromEntries(
    fields
      .filter(({ name }) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((field) => [field.name, meaningOf(field, after[field.name]) ?? null]),
  )
