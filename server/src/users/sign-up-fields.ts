import type { AttributeProblem, Attributes } from './attribute-problem.ts'
import { defaultAttributeSchema } from './attribute-schema.ts'

/** One attribute that the sign-up page asks for. */
export type SignUpField = {
  readonly name: string
  readonly kind: 'line' | 'url' | 'date' | 'number' | 'choice' | 'flag'
  readonly format: string | undefined
  readonly title: string | undefined
  /** The title by language tag. */
  readonly titles: Readonly<Record<string, string>>
  readonly isRequired: boolean
  readonly lengthMax: number | undefined
  readonly choices: readonly string[]
}

type Schema = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((one) => typeof one === 'string')

const textKinds: Readonly<Record<string, SignUpField['kind']>> = {
  ...{ date: 'date', birthdate: 'date', uri: 'url', url: 'url', 'web-url': 'url' },
}

/** How a plain form asks for it; undefined where it cannot, or where only the service itself may say it. */
const kindOf = (name: string, schema: Schema): SignUpField['kind'] | undefined => {
  if (/_verified$/.test(name) || schema['readOnly'] === true) return undefined
  if (isTexts(schema['enum'])) return 'choice'
  if (schema['type'] === 'string') return textKinds[String(schema['format'])] ?? 'line'
  if (schema['type'] === 'boolean') return 'flag'
  return schema['type'] === 'number' || schema['type'] === 'integer' ? 'number' : undefined
}

const propertiesOf = (schema: unknown): readonly (readonly [string, Schema])[] =>
  isObject(schema) && isObject(schema['properties'])
    ? Object.entries(schema['properties']).map(([name, one]) => [name, isObject(one) ? one : {}])
    : []

const isTitles = (value: unknown): value is Readonly<Record<string, string>> =>
  isObject(value) && Object.values(value).every((title) => typeof title === 'string' && title !== '' && title.length <= 128)

const isPlace = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 99

const askingProblem = ([name, one]: readonly [string, Schema]): string | undefined => {
  const { 'x-sign-up': asked, 'x-titles': titles } = one
  if (asked !== undefined && typeof asked !== 'boolean' && !isPlace(asked))
    return `"${name}": "x-sign-up" is true, false, or the place among the fields, a whole number from 1 to 99.`
  if (titles !== undefined && !isTitles(titles))
    return `"${name}": "x-titles" is an object of titles by language tag, such as {"de": "Abteilung"}.`
  if (asked !== undefined && asked !== false && kindOf(name, one) === undefined)
    return `"${name}" cannot be asked for at sign-up. Take "x-sign-up" out: text, URLs, dates, numbers, an "enum" of texts and booleans can be, unless they are readOnly or end in _verified.`
  return undefined
}

/** What is wrong with the annotations of a schema, `x-sign-up` and `x-titles`. */
export const askingProblems = (schema: unknown): readonly string[] => propertiesOf(schema).flatMap((one) => askingProblem(one) ?? [])

// The order of the members of a JSON object means nothing and is not kept: without places, people are asked for in the order of OpenID Connect.
const standardOrder: readonly string[] = Object.keys(defaultAttributeSchema.properties)

const rankOf = (name: string, schema: Schema): readonly [number, number, number, string] => {
  const { 'x-sign-up': asked } = schema
  const standard = standardOrder.indexOf(name)
  // What is ticked stands below what is typed.
  return [isPlace(asked) ? asked : 100, kindOf(name, schema) === 'flag' ? 1 : 0, standard < 0 ? standardOrder.length : standard, name]
}

const byRank = ([name, schema]: readonly [string, Schema], [other, another]: readonly [string, Schema]): number => {
  const [one, two] = [rankOf(name, schema), rankOf(other, another)]
  const place = one.findIndex((value, index) => value !== two[index])
  return (one[place] ?? 0) < (two[place] ?? 0) ? -1 : 1
}

/** What a sign-up asks for, in its order: what is marked with `x-sign-up`, and what is required unless it is marked otherwise. */
export const signUpFieldsOf = (schema: unknown): readonly SignUpField[] => {
  const required: readonly unknown[] = isObject(schema) && Array.isArray(schema['required']) ? schema['required'] : []
  return propertiesOf(schema)
    .filter(([name, one]) => one['x-sign-up'] ?? required.includes(name))
    .toSorted(byRank)
    .flatMap(([name, one]) => {
      const kind = kindOf(name, one)
      if (kind === undefined) return []
      const { title, format, maxLength, enum: choices, 'x-titles': titles } = one
      return [
        {
          ...{
            name,
            kind,
            isRequired: required.includes(name),
            titles: isTitles(titles) ? titles : {},
            choices: isTexts(choices) ? choices : [],
          },
          title: typeof title === 'string' ? title : undefined,
          format: typeof format === 'string' ? format : undefined,
          lengthMax: typeof maxLength === 'number' ? maxLength : undefined,
        },
      ]
    })
}

const meaningOf = ({ kind }: SignUpField, text: string): unknown => {
  if (kind === 'flag') return true
  if (kind === 'number') return Number.isFinite(Number(text)) ? Number(text) : text
  return text
}

/** What a form says of the fields, and of them alone; what was left empty is not there. */
export const readSignUpFields = (fields: readonly SignUpField[], values: ReadonlyMap<string, string>): Attributes =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const text = (values.get(field.name) ?? '').trim()
      return text === '' ? [] : [[field.name, meaningOf(field, text)]]
    }),
  )

/** The problems that whoever signs up can mend: that something is missing which is not asked for is none. */
export const signUpProblemsOf = (fields: readonly SignUpField[], problems: readonly AttributeProblem[]): readonly AttributeProblem[] => {
  const asked = new Set(fields.map(({ name }) => name))
  return problems.filter(({ attribute, code }) => code !== 'required' || asked.has(attribute))
}
