import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { signedOutPage } from '../../src/pages/signed-out-page.ts'
import { readPage } from './read-page.ts'
import { assets } from './samples.ts'

const frame = { lang: 'en', assets }

describe('after sign-out', () => {
  const model = { ...frame, continueUrl: 'https://notes.example.com/bye?a=1&b="2"', isSignedOut: true }
  const refreshOf = (page: string): string | undefined =>
    readPage(page)
      .elements.find(({ attributes }) => attributes.get('http-equiv') === 'refresh')
      ?.attributes.get('content')

  test('the browser goes on without script, later where frames are to be loaded', () => {
    assert.equal(refreshOf(signedOutPage({ ...model, frames: [] })), `1; url=${model.continueUrl}`)
    assert.equal(refreshOf(signedOutPage({ ...model, frames: ['https://notes.example.com/out'] })), `4; url=${model.continueUrl}`)
  })

  test('it stays where there is nowhere to go', () => {
    const read = readPage(signedOutPage({ ...frame, frames: ['https://notes.example.com/out'], isSignedOut: true }))
    assert.ok(
      !read.elements.some(
        ({ name, attributes }) => name === 'script' || attributes.has('http-equiv') || attributes.get('id') === 'continue',
      ),
    )
  })

  test('a frame can neither move this page nor open windows', () => {
    const { elements } = readPage(signedOutPage({ ...model, frames: ['https://notes.example.com/out', 'javascript:alert(1)'] }))
    const frames = elements.filter(({ name }) => name === 'iframe').map(({ attributes }) => Object.fromEntries(attributes))
    assert.deepEqual(
      frames.map(({ src, sandbox, hidden }) => ({ src, sandbox, hidden })),
      [{ src: 'https://notes.example.com/out', sandbox: 'allow-scripts allow-same-origin', hidden: '' }],
    )
  })
})
