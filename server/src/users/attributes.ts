import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { isStorable } from '../platform/storable.ts'
import { attributeFormats } from './attribute-formats.ts'
import type { AttributeProblem, Attributes } from './attribute-problem.ts'
import { askingProblems } from './sign-up-fields.ts'

export type { AttributeProblem, Attributes } from './attribute-problem.ts'

/** What a tenant's schema says of attributes: every problem of the whole set, values never repeated. */
export type AttributeRules = { readonly check: (attributes: Attributes) => readonly AttributeProblem[] }
export type SchemaReading =
  | { readonly kind: 'ok'; readonly rules: AttributeRules }
  | { readonly kind: 'refused'; readonly sentence: string }

const sizeBytesMax = 16_384
const nameForm = /^[A-Za-z][\w.:/-]{0,127}$/

// The account answers these itself: an attribute must not speak for it, whatever the tenant's schema allows.
const ownedAdvice: Readonly<Record<string, string>> = {
  sub: 'is made by the platform. Leave it out',
  preferred_username: 'is the user name. Leave it out',
  email: "is the account's own address. Leave it out",
  email_verified: 'belongs to the account. Use --email-verified',
  updated_at: 'is kept by the platform. Leave it out',
}

const nameProblem = (name: string): string | undefined => {
  if (Object.hasOwn(ownedAdvice, name)) return ownedAdvice[name]
  if (name in {} || !nameForm.test(name)) return 'is no name for an attribute. Use a letter, then letters, digits and _ . : / -'
  return undefined
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'must be text. What reads as JSON is taken as JSON: put text such as 123 in double quotes',
  boolean: 'must be true or false',
  number: 'must be a number',
  integer: 'must be a whole number',
  object: 'must be a JSON object',
  array: 'must be a JSON array',
}

const notInSchema = 'is not in the attribute schema. Correct the name, or add it with: cip attributes schema set'

const adviceOf = ({ keyword, params, message }: ErrorObject): string => {
  if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') return notInSchema
  if (keyword === 'type') return typeWords[String(params['type'])] ?? `must be of one of these types: ${params['type']}`
  if (keyword === 'format') return attributeFormats[String(params['format'])]?.advice ?? `must be in the format "${params['format']}"`
  if (keyword === 'enum')
    return `must be one of: ${(params['allowedValues'] as unknown[]).map((value) => JSON.stringify(value)).join(', ')}`
  if (keyword === 'required') return 'is required by the attribute schema. Give it a value'
  if (keyword.startsWith('depend')) return `is needed by ${params['property']}. Give both, or neither`
  if (keyword === 'pattern') return 'holds characters that the attribute schema does not allow here. See: cip attributes schema show'
  return `${message ?? 'does not fit'}. See: cip attributes schema show`
}

const placeOf = ({ instancePath, params }: ErrorObject): string => {
  const path = instancePath.split('/').slice(1)
  const named = params['missingProperty'] ?? params['additionalProperty'] ?? params['unevaluatedProperty']
  return [...path.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')), ...(named === undefined ? [] : [named])].join('.')
}

const codeOf = ({ keyword, params }: ErrorObject): string => (keyword === 'format' ? `format:${params['format']}` : keyword)

const problemOf = (error: ErrorObject): AttributeProblem => ({
  ...{ attribute: placeOf(error) || 'attributes', sentence: `${adviceOf(error)}.`, code: codeOf(error) },
  ...(typeof error.params['limit'] === 'number' && { count: error.params['limit'] }),
})

const checkWith = (validate: ValidateFunction, attributes: Attributes): readonly AttributeProblem[] => {
  const names = Object.keys(attributes).flatMap((attribute) => {
    const sentence = nameProblem(attribute)
    return sentence === undefined ? [] : [{ attribute, sentence: `${sentence}.` }]
  })
  const badly = new Set(names.map(({ attribute }) => attribute))
  const unstorable = Object.entries(attributes)
    .filter(([, value]) => !isStorable(value))
    .map(([attribute]) => ({
      attribute,
      sentence: 'holds U+0000, half a surrogate pair, a number without end or more than 32 levels. Take it out.',
    }))
  const problems = validate(attributes) ? [] : (validate.errors ?? []).map(problemOf).filter(({ attribute }) => !badly.has(attribute))
  const size = new TextEncoder().encode(JSON.stringify(attributes)).length
  const large = { attribute: 'attributes', sentence: `are too much with ${size} bytes of JSON. Keep them within ${sizeBytesMax}.` }
  return [...names, ...unstorable, ...problems, ...(size > sizeBytesMax ? [large] : [])]
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const options = {
  allErrors: true,
  strict: true,
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  coerceTypes: false,
  removeAdditional: false,
  useDefaults: false,
  logger: false,
} as const

const drafts: readonly { readonly form: RegExp; readonly make: () => Ajv | Ajv2020; readonly closing: string }[] = [
  {
    form: /^https?:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/,
    make: () => new Ajv2020(options),
    closing: 'unevaluatedProperties',
  },
  { form: /^https?:\/\/json-schema\.org\/draft-07\/schema#?$/, make: () => new Ajv(options), closing: 'additionalProperties' },
]

// A schema is closed unless it says otherwise: an attribute that nobody declared is a mistake.
const closed = (schema: Record<string, unknown>, closing: string): Record<string, unknown> =>
  'additionalProperties' in schema || 'unevaluatedProperties' in schema ? schema : { ...schema, [closing]: false }

const structureProblem = (schema: Record<string, unknown>): string | undefined => {
  if (schema['type'] !== 'object') return 'Attributes are one JSON object: give the schema "type": "object".'
  // Its verdict would be a promise, which is true before it is known.
  if ('$async' in schema) return 'A schema of attributes cannot be asynchronous: take "$async" out.'
  const properties = isObject(schema['properties']) ? Object.keys(schema['properties']) : []
  const wrong = properties.flatMap((name) => {
    const sentence = nameProblem(name)
    return sentence === undefined ? [] : [`"${name}" ${sentence}.`]
  })
  const asking = askingProblems(schema)
  return wrong.length + asking.length === 0 ? undefined : [...wrong, ...asking].join('\n')
}

const refused = (sentence: string): SchemaReading => ({ kind: 'refused', sentence })

/** The rules of a JSON Schema of draft 2020-12 or draft-07; a keyword or format that is unknown makes it no valid schema. */
export const readAttributeSchema = (schema: unknown): SchemaReading => {
  if (!isObject(schema)) return refused('A schema of attributes is a JSON object.')
  const named = schema['$schema'] ?? 'https://json-schema.org/draft/2020-12/schema'
  const draft = drafts.find(({ form }) => typeof named === 'string' && form.test(named))
  if (draft === undefined) return refused('"$schema" must name JSON Schema 2020-12 or draft-07, or be left out for 2020-12.')
  const problem = structureProblem(schema)
  if (problem !== undefined) return refused(problem)
  try {
    const ajv = draft.make()
    addFormats.default(ajv as Ajv)
    for (const [name, { test }] of Object.entries(attributeFormats)) ajv.addFormat(name, test)
    ajv.addVocabulary(['x-sign-up', 'x-titles'])
    const { $schema: _, ...rest } = schema
    const validate = ajv.compile(closed(rest, draft.closing))
    return { kind: 'ok', rules: { check: (attributes) => checkWith(validate, attributes) } }
  } catch (error) {
    return refused(`This is no valid JSON Schema: ${(error as Error).message}. Correct it and set it again.`)
  }
}
