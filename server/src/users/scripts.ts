const scripts = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Syriac',
  'Thaana',
  'Nko',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Thai',
  'Lao',
  'Tibetan',
  'Myanmar',
  'Georgian',
  'Ethiopic',
  'Cherokee',
  'Canadian_Aboriginal',
  'Khmer',
  'Mongolian',
  'Tifinagh',
  'Yi',
  'Vai',
  'Bopomofo',
  'Hangul',
  'Han',
  'Hiragana',
  'Katakana',
] as const

const matchers = scripts.map((script) => ({ script, form: new RegExp(`\\p{Script_Extensions=${script}}`, 'u') }))
const neutral = /[\p{Script=Common}\p{Script=Inherited}]/u

// Writing systems that use several scripts at once (UTS 39 section 5.2): Latin beside Japanese, Chinese or Korean.
const together: readonly (readonly string[])[] = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
]

const scriptsOf = (character: string): ReadonlySet<string> =>
  new Set(matchers.filter(({ form }) => form.test(character)).map(({ script }) => script))

/** Whether letters of different scripts stand together in a way that no writing system has: such names imitate others. */
export const mixesScripts = (text: string): boolean => {
  const letters = [...new Set(text)].filter((character) => !neutral.test(character)).map(scriptsOf)
  const candidates = [...scripts.map((script) => [script]), ...together]
  if (letters.length === 0) return false
  if (letters.some((set) => set.size === 0)) return !letters.every((set) => set.size === 0)
  return !candidates.some((allowed) => letters.every((set) => allowed.some((script) => set.has(script))))
}
