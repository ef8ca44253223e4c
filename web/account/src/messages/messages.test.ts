import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { pluralIn } from '@custom-identity-platform/kit/plural.ts'
import { catalogues, chooseTag, speak, tags } from './messages.ts'
import { organizationWords } from './organization-words.ts'

type Leaf = string | ((value: never) => string)

/** Every text of a catalogue by its path. */
const leavesOf = (value: object, path = ''): [string, Leaf][] =>
  Object.entries(value).flatMap(([name, one]) => {
    const at = path === '' ? name : `${path} > ${name}`
    return typeof one === 'object' ? leavesOf(one, at) : [[at, one] as [string, Leaf]]
  })

type Texts = ReadonlyMap<string, Leaf>

/** The texts of every page, and those that the pages of organizations bring along. */
const kinds: Readonly<Record<string, (tag: (typeof tags)[number]) => Promise<Texts>>> = {
  portal: async (tag) => new Map(leavesOf((await speak(tag)).messages)),
  organizations: async (tag) => new Map(leavesOf((await organizationWords[tag]()).words)),
}
const english = new Map<string, Texts>()
for (const [kind, textsOf] of Object.entries(kinds)) english.set(kind, await textsOf('en'))
const allEnglish = [...english.values()].flatMap((texts) => [...texts.keys()])

// What is filled in must be there again: a number for every plural rule, a name that no catalogue holds.
const numbers = [2, 3, 7, 11, 100]
const say = (leaf: Leaf, value: unknown): string => (typeof leaf === 'string' ? leaf : leaf(value as never))

for (const [kind, textsOf] of Object.entries(kinds))
  for (const tag of tags) {
    const original: Texts = english.get(kind) ?? new Map()

    test(`${tag}, ${kind}: the catalogue has every text of English, and none besides`, async () => {
      assert.deepEqual([...(await textsOf(tag)).keys()].sort(), [...original.keys()].sort())
    })

    test(`${tag}, ${kind}: what is filled in is said, for every number and name`, async () => {
      let filled = 0
      for (const [path, leaf] of await textsOf(tag)) {
        assert.equal(typeof leaf, typeof original.get(path), path)
        if (typeof leaf === 'string') {
          assert.notEqual(leaf.trim(), '', path)
          assert.equal((leaf.match(/#/g) ?? []).length, (String(original.get(path)).match(/#/g) ?? []).length, path)
          assert.doesNotMatch(leaf, /\{\w*\}|\$\{/, path)
          continue
        }
        filled += 1
        for (const value of [...numbers, 'Zz9']) assert.ok(say(leaf, value).includes(String(value)), `${path} leaves out ${value}`)
        assert.doesNotMatch(say(leaf, 7), /#|undefined|NaN/, path)
      }
      assert.ok(filled >= 20, `only ${filled} texts were filled in`)
    })

    test(`${tag}, ${kind}: nothing is English that is said otherwise in this language`, async () => {
      if (tag === 'en') return
      const same = [...(await textsOf(tag))].filter(
        ([path, leaf]) => typeof leaf === 'string' && leaf === original.get(path) && leaf.length > 14,
      )
      const allowed = new Set(['secondFactor > fileName'])
      assert.deepEqual(
        same.map(([path]) => path).filter((path) => !allowed.has(path)),
        [],
      )
    })
  }

const serverSource = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'))
    .join('\n')

test('every refusal that has words of its own is a sentence of the server', () => {
  const source = serverSource(fileURLToPath(new URL('../../../../server/src/', import.meta.url)))
  const refusals = allEnglish.filter((path) => path.startsWith('refusals > ')).map((path) => path.slice('refusals > '.length))
  assert.ok(refusals.length >= 40)
  const missing = refusals.filter((sentence) => !sentence.split('#').every((part) => source.includes(part)))
  assert.deepEqual(missing, [])
})

test('what happens to an account has a sentence, and every sentence is of an event that there is', () => {
  const types = ['catalogue', 'catalogue-administration'].flatMap((file) => {
    const source = readFileSync(fileURLToPath(new URL(`../../../../server/src/events/${file}.ts`, import.meta.url)), 'utf8')
    return [...source.matchAll(/^ {2}'?([a-z_]+\.[a-z_]+)'?: event\(/gm)].map(([, type]) => type ?? '')
  })
  const said = allEnglish.flatMap((path) => /^(?:happened > )?events > (.+)$/.exec(path)?.[1] ?? [])
  assert.ok(types.length >= 60)
  assert.deepEqual(
    said.filter((type) => !types.includes(type)),
    [],
  )
  const ofPeople =
    /^(user|avatar|password|sign_in|session|grant|token|authorization|consent|email|phone|proof|device|totp|recovery|passkey|factor|account|deletion)/
  // Of an account that is there no longer or not yet, of many at once, and of a device before anybody stands behind it.
  const elsewhere = ['user.deleted', 'user.invited', 'user.imported', 'user.exported', 'proof.refused', 'device.requested']
  assert.deepEqual(
    types.filter((type) => ofPeople.test(type) && !said.includes(type) && !elsewhere.includes(type)),
    [],
  )
})

test('a language is found by the beginning of its tag, the first that there is; English where there is none', () => {
  assert.equal(chooseTag(['pt-BR', 'de']), 'pt')
  assert.equal(chooseTag(['tlh', 'AR-eg']), 'ar')
  assert.equal(chooseTag([null, undefined, 'fr']), 'fr')
  assert.equal(chooseTag(['constructor', '__proto__', '']), 'en')
  assert.equal(chooseTag([]), 'en')
})

test('Arabic is written from right to left, the others from left to right', () => {
  assert.deepEqual(
    tags.filter((tag) => catalogues[tag].direction === 'rtl'),
    ['ar'],
  )
})

test('a number chooses the form that the language has for it', () => {
  const forms = { one: '# a', two: '# b', few: '# c', many: '# d', other: '# e' }
  assert.deepEqual(
    [1, 2, 3, 11, 100].map((count) => pluralIn('ar')(count, forms)),
    ['1 a', '2 b', '3 c', '11 d', '100 e'],
  )
  assert.equal(pluralIn('de')(1, forms), '1 a')
  assert.equal(pluralIn('ja')(1, forms), '1 e')
})
