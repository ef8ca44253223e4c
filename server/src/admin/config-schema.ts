import { type TSchema, Type } from 'typebox'

type Described = {
  readonly name: string
  readonly about: string
  readonly schema: TSchema | Readonly<Record<string, TSchema>>
  readonly keys: string | undefined
}

const isOne = (schema: Described['schema']): schema is TSchema => 'type' in schema && typeof schema['type'] === 'string'

/** The form of the thing under a key; undefined where there is none of that key. */
export const schemaOfItem = ({ schema, keys }: Omit<Described, 'name' | 'about'>, key: string): TSchema | undefined => {
  if (!isOne(schema)) return Object.hasOwn(schema, key) ? schema[key] : undefined
  return keys === undefined || new RegExp(keys, 'u').test(key) ? schema : undefined
}

const orGone = (schema: TSchema): TSchema => Type.Union([schema, Type.Null({ description: 'It is not to be there.' })])

const sectionSchema = ({ about, schema, keys = '' }: Described): TSchema =>
  isOne(schema)
    ? Type.Unsafe({ type: 'object', description: about, patternProperties: { [keys]: orGone(schema) }, additionalProperties: false })
    : Type.Unsafe({
        ...{ type: 'object', description: about, additionalProperties: false },
        properties: Object.fromEntries(Object.entries<TSchema>(schema).map(([key, one]) => [key, orGone(one)])),
      })

/** The JSON Schema of a configuration file. */
export const configSchema = (sections: readonly Described[]): TSchema =>
  Type.Unsafe({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Configuration of a tenant',
    ...{ type: 'object', additionalProperties: false, required: ['version'] },
    properties: {
      $schema: { type: 'string' },
      version: { const: 1, description: 'The version of this format.' },
      ...Object.fromEntries(sections.map((section) => [section.name, sectionSchema(section)])),
    },
  })
