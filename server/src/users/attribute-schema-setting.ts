import { Type } from 'typebox'
import { defaultAttributeSchema } from './attribute-schema.ts'
import { readAttributeSchema } from './attributes.ts'

/** The JSON Schema of attributes on the wire. */
export const AttributeSchemaSetting = Type.Unsafe<Readonly<Record<string, unknown>>>({
  type: 'object',
  description: 'A JSON Schema (2020-12 or draft-07); without additionalProperties it allows its own properties alone.',
})

export const shownAttributeSchema = (stored: unknown): unknown => stored ?? defaultAttributeSchema

type Verdict = { readonly kind: 'valid'; readonly value: unknown } | { readonly kind: 'refused'; readonly problems: readonly string[] }

/** A schema that accounts can be checked with, or why not. */
export const checkAttributeSchema = (given: unknown): Verdict => {
  const reading = readAttributeSchema(given)
  return reading.kind === 'refused' ? { kind: 'refused', problems: [reading.sentence] } : { kind: 'valid', value: given }
}
