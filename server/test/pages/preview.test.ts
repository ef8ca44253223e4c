import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { previewNames, previewPage } from '../../src/pages/preview-page.ts'
import { readPage } from './read-page.ts'
import { assets } from './samples.ts'

const folder = new URL('../../src/pages/', import.meta.url)
const source = readFileSync(new URL('preview-page.ts', folder), 'utf8')

/** Pages that a look is not tried on. */
const exceptions: Readonly<Record<string, string>> = {
  'first-run-page.ts': 'seen once, by whoever installs the server, before there is a look to try',
  'form-post-page.ts': 'leaves for the application by itself, and is not seen where scripts run',
  'inbox-page.ts': 'a page of development, which wears no look of a tenant',
  'preview-page.ts': 'is the list itself',
}

describe('the preview', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('-page.ts'))

  test('has every page, but for those that are named with a reason', () => {
    for (const file of files)
      assert.equal(
        source.includes(`from './${file}'`),
        exceptions[file] === undefined,
        `${file}: ${exceptions[file] ?? 'is not in the preview'}`,
      )
  })

  test('names no exception that is no page', () => {
    for (const file of Object.keys(exceptions)) assert.ok(files.includes(file), file)
  })

  test('is documented with every name', () => {
    const documentation = readFileSync(new URL('../../../docs/branding.md', import.meta.url), 'utf8')
    const [, list = ''] = /page=sign-in` draws a page([^.]*); with/.exec(documentation) ?? []
    assert.deepEqual([...list.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name).sort(), [...previewNames].sort())
  })

  for (const name of previewNames)
    test(`of ${name} is marked, leads nowhere, and says no secret`, () => {
      const page = previewPage(name, { lang: 'en', assets, client: { name: 'Example' }, qr: { path: 'M0 0h1v1z', size: 29 } })
      const { elements, text } = readPage(page)
      assert.match(text, /This is a preview\. Nothing on it can be sent\./)
      assert.ok(elements.some(({ attributes }) => attributes.get('class') === 'card' && attributes.has('inert')))
      for (const { name: tag, attributes } of elements) if (tag === 'form') assert.equal(attributes.get('action'), '')
    })
})
