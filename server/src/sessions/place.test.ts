import assert from 'node:assert/strict'
import { test } from 'node:test'
import { locatable, placeName } from './place.ts'

const zurich = {
  city: { names: { en: 'Zurich', de: 'Zürich', fr: 'Zurich' } },
  country: { iso_code: 'CH', names: { en: 'Switzerland', de: 'Schweiz', 'pt-BR': 'Suíça' } },
}

test('a place is named in the language of the person where the database has it, else by the runtime, else in English', () => {
  assert.equal(placeName(zurich, 'en'), 'Zurich, Switzerland')
  assert.equal(placeName(zurich, 'de'), 'Zürich, Schweiz')
  assert.equal(placeName(zurich, 'pt'), 'Zurich, Suíça')
  assert.equal(placeName(zurich, 'fr'), 'Zurich, Suisse')
  assert.equal(placeName(zurich, 'ja'), 'スイス Zurich')
  assert.equal(placeName(zurich, 'ar'), 'Zurich، سويسرا')
  assert.equal(placeName(zurich, 'sw'), 'Zurich, Uswisi')
})

test('a country database names the country alone', () => {
  assert.equal(placeName({ country: { iso_code: 'JP' } }, 'en'), 'Japan')
  assert.equal(placeName({ registered_country: { iso_code: 'BR' } }, 'es'), 'Brasil')
  assert.equal(placeName({ country: { names: { en: 'Elsewhere' } } }, 'de'), 'Elsewhere')
})

test('a record that says nothing, or is no record, names no place', () => {
  const nothing = [undefined, null, 5, 'x', {}, { city: {} }, { city: 'Paris', country: 'FR' }, { country: { iso_code: 'ZZ9' } }]
  for (const record of [...nothing, { city: { names: { en: 7 } } }, { city: { names: { en: ' \n ' } } }, { country: { iso_code: 'QQ' } }])
    assert.equal(placeName(record, 'en'), undefined, JSON.stringify(record))
})

test('a name is one short line, whatever the database holds', () => {
  assert.equal(placeName({ city: { names: { en: 'A\u202eB\r\nC' } } }, 'en'), 'A B C')
  assert.equal(placeName({ city: { names: { en: 'x'.repeat(5000) } } }, 'en')?.length, 80)
})

test('addresses of private networks, of one machine and of a link are never looked up', () => {
  const addresses = [
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '127.0.0.1',
    '169.254.1.1',
    '100.64.0.1',
    '::1',
    'fd00::1',
    'fe80::1',
    '::ffff:10.1.2.3',
  ]
  for (const address of [...addresses, '0.0.0.0', '::']) assert.equal(locatable(address), undefined, address)
  assert.equal(locatable('203.0.113.5'), '203.0.113.5')
  assert.equal(locatable('::ffff:203.0.113.5'), '203.0.113.5')
  assert.equal(locatable('2001:db8::1'), '2001:db8::1')
})
