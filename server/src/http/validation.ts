import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { TSchema } from 'typebox'
import { invalid, type ValidationProblem } from './errors.ts'

const ajv = new Ajv({ coerceTypes: false, removeAdditional: false, allErrors: true, strict: false, verbose: true })
addFormats.default(ajv, ['uuid', 'date-time', 'uri'])

const secretNames = /password|secret|token|code/i

type Words = { readonly type: string; readonly msg: string }

const lengthWords: Record<string, (limit: number) => Words> = {
  minLength: (limit) => ({ type: 'string_too_short', msg: `Should have at least ${limit} ${limit === 1 ? 'character' : 'characters'}` }),
  maxLength: (limit) => ({ type: 'string_too_long', msg: `Should have at most ${limit} characters` }),
  minimum: (limit) => ({ type: 'greater_than_equal', msg: `Should be at least ${limit}` }),
  maximum: (limit) => ({ type: 'less_than_equal', msg: `Should be at most ${limit}` }),
}

const words = ({ keyword, params, message }: ErrorObject): Words => {
  const limited = lengthWords[keyword]
  if (limited) return limited(params['limit'])
  if (keyword === 'required') return { type: 'missing', msg: 'Field required' }
  if (keyword === 'additionalProperties') return { type: 'extra_forbidden', msg: 'This field is not known here. Remove it' }
  if (keyword === 'type') return { type: `${params['type']}_type`, msg: `Should be of type ${params['type']}` }
  if (keyword === 'enum' || keyword === 'const')
    return { type: 'literal_error', msg: `Should be ${[params['allowedValues'] ?? params['allowedValue']].flat().join(' or ')}` }
  return { type: 'value_error', msg: message ?? 'Not valid' }
}

const location = ({ instancePath, keyword, params }: ErrorObject): string[] => {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (keyword === 'required') return [...path, params['missingProperty']]
  if (keyword === 'additionalProperties') return [...path, params['additionalProperty']]
  return path
}

const shown = (value: unknown): unknown => {
  if (typeof value === 'string') return value.slice(0, 256)
  return value === null || ['number', 'boolean'].includes(typeof value) ? value : null
}

const problemIn =
  (place: 'body' | 'query') =>
  (error: ErrorObject): ValidationProblem => {
    const path = location(error)
    const isSecret = path.some((part) => secretNames.test(part))
    const isWhole = ['required', 'additionalProperties'].includes(error.keyword)
    return { ...words(error), loc: [place, ...path], input: isSecret || isWhole || path.length === 0 ? null : shown(error.data) }
  }

export type Validator = (body: unknown) => void

/**
 * A check that lists the problems of a value, twenty at most. Values that may be secret are never shown. The schema is compiled with the first
 * value: of hundreds of routes most are not asked for in the life of a process, and none is waited for at its start.
 */
export const schemaCheck = (schema: TSchema, place: 'body' | 'query'): ((value: unknown) => readonly ValidationProblem[]) => {
  let validate: ValidateFunction | undefined
  return (value) => {
    validate ??= ajv.compile(schema)
    return validate(value) ? [] : (validate.errors ?? []).slice(0, 20).map(problemIn(place))
  }
}

/** A check that throws the 422 with every problem of a body. */
export const bodyValidator = (schema: TSchema): Validator => {
  const check = schemaCheck(schema, 'body')
  return (body) => {
    if (body === undefined) throw invalid([{ type: 'missing', loc: ['body'], msg: 'Field required', input: null }])
    const problems = check(body)
    if (problems.length > 0) throw invalid(problems)
  }
}
