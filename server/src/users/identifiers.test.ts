import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { checkEmail, checkUsername, fold, readIdentifier } from './identifiers.ts'
import { mixesScripts } from './scripts.ts'

const canonicalOf = (input: string): string | undefined => {
  const found = readIdentifier(input)
  return found?.canonical
}

describe('a user name', () => {
  test('of any one script is taken', () => {
    for (const name of [
      'testuser',
      'Anna-Lena',
      'j.r_r-42',
      'Ελένη',
      'Ольга',
      'דוד123',
      'ひらがなと漢字',
      '김철수',
      'Müller',
      '123',
      'abc'.repeat(21),
    ])
      assert.equal(checkUsername(name).kind, 'ok', name)
  })

  test('that could be taken for another is refused', () => {
    for (const name of [
      'p\u0430ypal',
      'g\u03bfogle',
      'ab',
      '.ab',
      '-ab',
      'a b c',
      'a@b',
      'ab\u200d',
      'ab\u202e',
      'admin',
      'ROOT',
      'ｒｏｏｔ',
      '①②③',
      'ab\u0000',
      '',
    ])
      assert.equal(checkUsername(name).kind, 'refused', name)
  })

  test('keeps how it was written, in NFC', () => {
    const check = checkUsername('Rene\u0301E')
    assert.deepEqual(check, { kind: 'ok', identifier: { kind: 'username', written: 'Ren\u00e9E', canonical: 'ren\u00e9e' } })
  })
})

describe('an e-mail address', () => {
  test('has its domain compared in ASCII and its local part folded', () => {
    assert.equal(canonicalOf('Anna@B\u00dcCHER.example'), canonicalOf('anna@xn--bcher-kva.example'))
    assert.notEqual(canonicalOf('anna+a@b.example'), canonicalOf('anna@b.example'))
  })

  test('that mail could not reach, or that could forge a header, is refused', () => {
    for (const email of [
      'a',
      'a@',
      '@b.example',
      'a@b',
      'a@b.example\n',
      'a\r\nb@c.example',
      'a b@c.example',
      '"a b"@c.example',
      'a@-b.example',
      `${'a'.repeat(65)}@b.example`,
      'a@b..example',
    ])
      assert.equal(checkEmail(email).kind, 'refused', JSON.stringify(email))
  })

  test('whose domain only becomes one when something is taken out of it is refused', () => {
    const odd = [
      'a@b.exa\r\nmple',
      'a@b.\texample',
      'a@b.example\\x',
      'a@b.example/path',
      'a@b.example?x=1',
      'a@b.example#f',
      'a@b%2eexample.com',
      'a@b.exa\u200bmple',
      'a@b.exa\u00admple',
    ]
    for (const email of odd) assert.equal(checkEmail(email).kind, 'refused', JSON.stringify(email))
  })
})

test('a name with an at sign is an address, any other a user name', () => {
  assert.equal(readIdentifier('test@example.com')?.kind, 'email')
  assert.equal(readIdentifier('testuser')?.kind, 'username')
  assert.equal(readIdentifier('@'), undefined)
})

test('folding is final: a folded text folds to itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => fold(fold(text)) === fold(text)),
    { numRuns: 2000 },
  )
})

test('a name that is taken is found again by what was stored and by what was typed', () => {
  const name = fc
    .array(fc.constantFrom('a', 'Z', '7', '\u00e9', 'e\u0301', 'ﬁ', 'ǅ', 'Σ', 'ß', 'ẞ', 'ſ', 'K', '-', '.'), {
      minLength: 3,
      maxLength: 12,
    })
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(name, (typed) => {
      const check = checkUsername(typed)
      if (check.kind === 'refused') return true
      const { written, canonical } = check.identifier
      return (
        canonicalOf(typed) === canonical &&
        canonicalOf(written) === canonical &&
        canonicalOf(typed.toUpperCase().toLowerCase()) !== undefined
      )
    }),
    { numRuns: 2000 },
  )
})

test('scripts are mixed only as writing systems mix them', () => {
  for (const text of ['漢字かなカナabc', '한국漢abc', 'ㄅㄆ漢a', 'abc123', '...', '']) assert.equal(mixesScripts(text), false, text)
  for (const text of ['aб', 'αa', 'かな한', 'אa', 'ะa']) assert.equal(mixesScripts(text), true, text)
})
