/** The tenant's setting that holds its JSON Schema of attributes. */
export const attributeSchemaKey = 'attribute-schema'

const line = { type: 'string', minLength: 1, maxLength: 256, pattern: '^[^\\p{Cc}]*$' } as const
const lines = { type: 'string', minLength: 1, maxLength: 1024 } as const
const url = { type: 'string', format: 'web-url' } as const

/** The standard claims of OpenID Connect Core section 5.1 that the account does not answer itself, for tenants without a schema of their own. */
export const defaultAttributeSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: {
    name: line,
    given_name: line,
    family_name: line,
    middle_name: line,
    nickname: line,
    profile: url,
    picture: url,
    website: url,
    gender: line,
    birthdate: { type: 'string', format: 'birthdate' },
    zoneinfo: { type: 'string', format: 'time-zone' },
    locale: { type: 'string', format: 'language-tag' },
    phone_number: { type: 'string', format: 'e164' },
    phone_number_verified: { type: 'boolean' },
    address: {
      type: 'object',
      properties: {
        formatted: lines,
        street_address: lines,
        locality: line,
        region: line,
        postal_code: line,
        country: line,
      },
      additionalProperties: false,
      minProperties: 1,
    },
  },
  dependentRequired: { phone_number_verified: ['phone_number'] },
  additionalProperties: false,
} as const
