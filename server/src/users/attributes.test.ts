import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { changeAttributes } from './attribute-change.ts'
import { defaultAttributeSchema } from './attribute-schema.ts'
import { type Attributes, readAttributeSchema } from './attributes.ts'

const rulesOf = (schema: unknown) => {
  const reading = readAttributeSchema(schema)
  if (reading.kind === 'refused') throw new Error(reading.sentence)
  return reading.rules
}
const byDefault = rulesOf(defaultAttributeSchema)
const namesOf = (attributes: Attributes): string[] => byDefault.check(attributes).map(({ attribute }) => attribute)
const refusalOf = (schema: unknown): string => {
  const reading = readAttributeSchema(schema)
  return reading.kind === 'refused' ? reading.sentence : assert.fail(`took ${JSON.stringify(schema)}`)
}

describe('the default schema', () => {
  test('takes every standard claim that the account does not answer itself', () => {
    const whole = {
      name: 'Alice Example',
      given_name: 'Alice',
      family_name: 'Example',
      middle_name: 'B.',
      nickname: 'Al',
      profile: 'https://example.com/alice',
      picture: 'https://example.com/alice.png',
      website: 'http://alice.example/',
      gender: 'female',
      birthdate: '0000-02-29',
      zoneinfo: 'Europe/Berlin',
      locale: 'de-CH',
      phone_number: '+4930123456',
      phone_number_verified: true,
      address: {
        formatted: 'Way 1\n12345 Town',
        street_address: 'Way 1',
        locality: 'Town',
        region: 'R',
        postal_code: '12345',
        country: 'DE',
      },
    }
    assert.deepEqual(byDefault.check(whole), [])
    for (const birthdate of ['1990', '2000-02-29', '0000-12-31']) assert.deepEqual(byDefault.check({ birthdate }), [], birthdate)
    for (const zoneinfo of ['UTC', 'America/Argentina/Buenos_Aires', 'Asia/Calcutta'])
      assert.deepEqual(byDefault.check({ zoneinfo }), [], zoneinfo)
  })

  test('K-05 refuses what the account answers itself', () => {
    for (const name of ['sub', 'email', 'email_verified', 'preferred_username', 'updated_at'])
      assert.deepEqual(namesOf({ [name]: 'x' }), [name])
  })

  test('refuses values of another form than the claim has', () => {
    const bad: Record<string, readonly unknown[]> = {
      given_name: ['', 'a\nb', 'x'.repeat(257), 7, null, { a: 1 }],
      picture: [
        'javascript:alert(1)',
        'data:text/html,x',
        '//example.com',
        'https://',
        'https://a:b@example.com',
        'https://example.com/a b',
        'ftp://a.example',
      ],
      birthdate: ['1990-02-30', '1990-2-3', '0000', '0000-02-30', '1900-02-29', '90', '1990-13-01', '1990-01-01T00:00:00Z'],
      zoneinfo: ['Europe/Nowhere', '+01:00', 'europe/berlin', ''],
      locale: ['en_US', 'x', '', 'de-', 'a'.repeat(70)],
      phone_number: ['030 123', '+49 30 123456', '+0123456789', '+1234567890123456', '4930123456'],
      phone_number_verified: ['true', 1],
      address: ['Way 1', {}, { street: 'Way 1' }, { country: 7 }, []],
    }
    for (const [name, values] of Object.entries(bad))
      for (const value of values) {
        const attributes = name === 'phone_number_verified' ? { phone_number: '+4930123456', [name]: value } : { [name]: value }
        assert.ok(
          namesOf(attributes).some((one) => one === name || one.startsWith(`${name}.`)),
          `${name} ${JSON.stringify(value)}`,
        )
      }
  })

  test('refuses a verified number without a number, and a name that no schema declares', () => {
    assert.equal(byDefault.check({ phone_number_verified: true }).length, 1)
    for (const name of ['role', 'department', '__proto__', 'constructor', 'toString', '_x', 'a b', ''])
      assert.ok(namesOf(Object.fromEntries([[name, 'x']])).length > 0, name)
  })

  test('tells everything that is wrong at once and repeats no value', () => {
    const problems = byDefault.check({ given_name: '', locale: 'secret_value', zoneinfo: 'secret/value', role: 'secret-role' })
    assert.deepEqual(new Set(problems.map(({ attribute }) => attribute)), new Set(['given_name', 'locale', 'zoneinfo', 'role']))
    assert.doesNotMatch(JSON.stringify(problems), /secret/)
  })
})

test('whatever the schema allows, what the database cannot keep and what is too large is refused', () => {
  const open = rulesOf({ type: 'object', additionalProperties: true })
  for (const value of ['a\u0000b', '\ud800', { deep: ['\udc00'] }, { 'a\u0000': 1 }, Number.POSITIVE_INFINITY, 'x'.repeat(17_000)])
    assert.equal(open.check({ any: value }).length, 1)
  for (const name of ['email', 'email_verified', 'sub', '__proto__', 'constructor'])
    assert.equal(open.check(Object.fromEntries([[name, true]])).length, 1, name)
})

test('a schema is closed unless it says otherwise, in either draft and behind allOf', () => {
  const schemas = [
    { type: 'object', properties: { department: { type: 'string' } } },
    { $schema: 'http://json-schema.org/draft-07/schema#', type: 'object', properties: { department: { type: 'string' } } },
    { type: 'object', allOf: [{ properties: { department: { type: 'string' } } }] },
  ]
  for (const schema of schemas) {
    const rules = rulesOf(schema)
    assert.deepEqual(rules.check({ department: 'Sales' }), [])
    assert.deepEqual(
      rules.check({ departement: 'Sales' }).map(({ attribute }) => attribute),
      ['departement'],
    )
  }
})

test('refuses as a schema what could not check anything', () => {
  const schemas = [
    true,
    [],
    'x',
    null,
    {},
    { type: 'array' },
    { type: ['object', 'null'] },
    { type: 'object', properties: { a: { type: 'strnig' } } },
    { type: 'object', propertees: {} },
    { type: 'object', properties: { a: { type: 'string', format: 'no-such-format' } } },
    { type: 'object', properties: { a: { $ref: 'https://elsewhere.example/schema' } } },
    { type: 'object', properties: { a: { pattern: '(' } } },
    { $async: true, type: 'object' },
    { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object' },
    { $schema: 7, type: 'object' },
    ...['sub', 'email', 'email_verified', 'preferred_username', 'updated_at'].map((name) => ({
      type: 'object',
      properties: { [name]: {} },
    })),
    { type: 'object', properties: { constructor: {} } },
  ]
  for (const schema of schemas) assert.notEqual(refusalOf(schema), '')
})

describe('a change of attributes', () => {
  const none = { set: {}, address: {}, unset: [] }

  test('keeps the members of an address that it does not name, and drops an address that is empty', () => {
    const before = { address: { country: 'DE', locality: 'Town' } }
    assert.deepEqual(changeAttributes(before, { ...none, address: { country: 'CH' } }).after, {
      address: { country: 'CH', locality: 'Town' },
    })
    assert.deepEqual(changeAttributes(before, { ...none, unset: ['country', 'locality'] }).after, {})
  })

  test('forgets that a number was verified when the number is another one or gone', () => {
    const before = { phone_number: '+4930123456', phone_number_verified: true }
    assert.deepEqual(changeAttributes(before, { ...none, set: { phone_number: '+4930999999' } }).after, { phone_number: '+4930999999' })
    assert.deepEqual(changeAttributes(before, { ...none, unset: ['phone-number'] }).after, {})
    assert.deepEqual(changeAttributes(before, { ...none, set: { phone_number: '+4930123456' } }).after, before)
  })

  test('names what is other than before, and what was not there to take away', () => {
    const { changed, missing } = changeAttributes(
      { name: 'A', tags: { a: 1, b: 2 } },
      { ...none, set: { name: 'B', tags: { b: 2, a: 1 } }, unset: ['nickname'] },
    )
    assert.deepEqual([changed, missing], [['name'], ['nickname']])
  })
})
