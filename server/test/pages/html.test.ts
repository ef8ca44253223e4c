import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { html, printHtml, unsafeRaw } from '../../src/platform/html.ts'

const hostile = `<&>"'`
const escaped = '&lt;&amp;&gt;&quot;&#39;'

test('text is escaped in text and in attributes, once', () => {
  assert.equal(printHtml(html`<p title="${hostile}">${hostile}</p>`), `<p title="${escaped}">${escaped}</p>`)
  assert.equal(printHtml(html`<b>${html`${hostile}`}</b>`), `<b>${escaped}</b>`)
  assert.equal(printHtml(html`${['&', html`<i>${'&'}</i>`, ['&']]}`), '&amp;<i>&amp;</i>&amp;')
})

test('nothing is printed for undefined, null and false, and zero is a number', () => {
  assert.equal(printHtml(html`<p>${undefined}${null}${false}${[]}${0}</p>`), '<p>0</p>')
})

test('an object from outside is never taken for markup', () => {
  const forged = JSON.parse('{"markup":"<script>","Symbol(markup)":"<script>"}')
  assert.equal(printHtml(html`${forged}`), '[object Object]')
})

test('only the function named unsafe prints text as it is', () => {
  assert.equal(printHtml(html`${unsafeRaw('<br>')}`), '<br>')
})

describe('a template that escaping would not protect never prints', () => {
  const value = 'x onclick=alert(1)'
  const mistakes = {
    'an unquoted attribute': () => html`<a href=${value}>`,
    'a single-quoted attribute': () => html`<a href='${value}'>`,
    'a single-quoted attribute with a beginning': () => html`<a href='/${value}'>`,
    'an unquoted attribute in a part of a tag': () => html` href=${value}`,
    'text between attributes': () => html`<a ${value}>`,
    'text as the name of a tag': () => html`<${value}>`,
    'a script': () => html`<script>${value}</script>`,
    'a script with a type': () => html`<SCRIPT type="module">${value}</SCRIPT>`,
    'a style': () => html`<style>${value}</style>`,
    'a comment': () => html`<!-- ${value} -->`,
    'markup in an attribute': () => html`<a title="${html`<b>`}">`,
  }
  for (const [name, make] of Object.entries(mistakes)) test(name, () => assert.throws(make, TypeError))

  test('however often it is tried', () => {
    const make = (): unknown => html`<a href=${value}>`
    for (let time = 0; time < 3; time++) assert.throws(make, TypeError)
  })
})

test('an attribute that is there or not is a template of its own', () => {
  const input = (isWrong: boolean) => printHtml(html`<input id="a"${isWrong && html` aria-invalid="true"`}>`)
  assert.deepEqual([input(true), input(false)], ['<input id="a" aria-invalid="true">', '<input id="a">'])
})
