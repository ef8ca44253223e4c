import assert from 'node:assert/strict'

export type Element = { readonly name: string; readonly attributes: ReadonlyMap<string, string> }
/** A page as a browser would take it apart; `shape` is what stays when all texts and values are taken away. */
export type ReadPage = { readonly elements: readonly Element[]; readonly text: string; readonly shape: string }

const token = /<(?:!doctype html|\/([a-z][a-z0-9]*)|([a-z][a-z0-9]*)((?:\s[a-zA-Z][a-zA-Z0-9-]*(?:="[^"]*")?)*)\s*\/?)>|([^<>]+)/gy
const attribute = /\s([a-zA-Z][a-zA-Z0-9-]*)(?:="([^"]*)")?/g

const characters: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }
const textOf = (text: string): string => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => characters[entity] ?? entity)

/** Reads a page strictly: whatever is not a tag with quoted attributes or text without angle brackets fails the test. */
export const readPage = (page: string): ReadPage => {
  const elements: Element[] = []
  let [text, shape, position] = ['', '', 0]
  for (const found of page.matchAll(token)) {
    assert.equal(found.index, position, `not readable as HTML: ${page.slice(position, position + 80)}`)
    position += found[0].length
    const [, closed, name, attributes = '', words] = found
    if (words !== undefined) text += textOf(words)
    else if (closed !== undefined) shape += `</${closed}>`
    else if (name !== undefined) {
      const pairs = [...attributes.matchAll(attribute)].map(([, key = '', value = '']) => [key, textOf(value)] as const)
      assert.equal(new Set(pairs.map(([key]) => key)).size, pairs.length, `an attribute comes twice: ${found[0]}`)
      elements.push({ name, attributes: new Map(pairs) })
      shape += `<${[name, ...pairs.map(([key]) => key)].join(' ')}>`
    }
  }
  assert.equal(position, page.length, `not readable as HTML: ${page.slice(position, position + 80)}`)
  return { elements, text, shape }
}
