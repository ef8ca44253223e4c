import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkout } from '../harness/server.ts'

type Tokens = ReadonlyMap<string, string>

const tokensIn = (block: string): Tokens =>
  new Map([...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value.replaceAll(/\s+/g, ' ').trim()]))

/** The tokens of light, and those that dark sets over them. */
const readTokens = async (path: string): Promise<{ readonly light: Tokens; readonly dark: Tokens }> => {
  const text = await readFile(join(checkout, path), 'utf8')
  const light = /^:root \{\n([\s\S]*?)\n\}/m.exec(text)?.[1] ?? ''
  const dark = /^@media \(prefers-color-scheme: dark\) \{\n {2}:root \{\n([\s\S]*?)\n {2}\}/m.exec(text)?.[1] ?? ''
  return { light: tokensIn(light), dark: tokensIn(dark) }
}

const pages = await readTokens('server/src/pages/assets/pages.css')
const kit = await readTokens('web/kit/src/tokens.css')

// What only one of the two needs. A token that is added on one side belongs on the other too, or in this list.
const ofPagesAlone = ['--shadow', '--gradient', '--backdrop', '--on-page', '--on-page-strong']
const ofKitAlone = ['--line-strong', '--bad-strong', '--on-bad', '--shadow-1', '--shadow-2', '--middle']

for (const scheme of ['light', 'dark'] as const) {
  test(`${scheme}: the hosted pages and the portal have the same tokens, with the same values`, () => {
    const names = (tokens: Tokens, alone: readonly string[]) => [...tokens.keys()].filter((name) => !alone.includes(name)).sort()
    assert.deepEqual(names(pages[scheme], ofPagesAlone), names(kit[scheme], ofKitAlone))
    const shared = names(pages[scheme], ofPagesAlone)
    assert.ok(shared.length >= 18, `only ${shared.length} tokens were read`)
    for (const name of shared) assert.equal(pages[scheme].get(name), kit[scheme].get(name), name)
  })

  test(`${scheme}: the shadow of the cards is one`, () => {
    assert.ok(pages[scheme].get('--shadow'))
    assert.equal(pages[scheme].get('--shadow'), kit[scheme].get('--shadow-2'))
  })
}
