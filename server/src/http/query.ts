import type { TSchema } from 'typebox'
import { invalid, type ValidationProblem } from './errors.ts'
import { schemaCheck } from './validation.ts'

type Property = { readonly type?: string; readonly items?: unknown }

const propertiesOf = (schema: TSchema): Readonly<Record<string, Property>> =>
  (schema as { properties?: Readonly<Record<string, Property>> }).properties ?? {}

const wholeNumber = /^-?(0|[1-9]\d{0,15})$/

// What is not of its type stays text, and the schema says so in its own words.
const typed = (text: string, { type }: Property): unknown => {
  if ((type === 'integer' || type === 'number') && wholeNumber.test(text)) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

const refuse = (name: string, type: string, msg: string): ValidationProblem => ({
  type,
  loc: ['query', name.slice(0, 64)],
  msg,
  input: null,
})

/** A check that reads a query by its schema and throws the 422 with every problem: names that are not known, repeated ones, and values that do not fit. */
export const queryReader = (schema: TSchema): ((query: string) => Record<string, unknown>) => {
  const properties = propertiesOf(schema)
  const check = schemaCheck(schema, 'query')
  return (query) => {
    const given = new URLSearchParams(query)
    const found: Record<string, unknown> = {}
    const problems: ValidationProblem[] = []
    for (const name of new Set(given.keys())) {
      const property = Object.hasOwn(properties, name) ? properties[name] : undefined
      const values = given.getAll(name)
      if (property === undefined) problems.push(refuse(name, 'extra_forbidden', 'This parameter is not known here. Remove it'))
      else if (property.type === 'array') found[name] = values
      else if (values.length > 1) problems.push(refuse(name, 'value_error', 'Give it once'))
      else found[name] = typed(values[0] ?? '', property)
    }
    problems.push(...check(found))
    if (problems.length > 0) throw invalid(problems.slice(0, 20))
    return found
  }
}
