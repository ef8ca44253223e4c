import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountChooserPage } from '../../src/pages/account-chooser-page.ts'
import { consentPage } from '../../src/pages/consent-page.ts'
import { deviceDonePage } from '../../src/pages/device-done-page.ts'
import { devicePage } from '../../src/pages/device-page.ts'
import { errorPage } from '../../src/pages/error-page.ts'
import { signInPage } from '../../src/pages/sign-in-page.ts'
import { signUpPage } from '../../src/pages/sign-up-page.ts'
import { type ReadPage, readPage } from './read-page.ts'
import { assets, pagesWith, plain } from './samples.ts'

const pages = Object.entries(pagesWith(plain)).map(([name, page]) => ({ name, page, ...readPage(page) }))
const frame = { lang: 'en', assets }
const target = { action: '/do', hidden: {} }
const card = { name: 'Acme Notes', host: 'notes.example.com' }

const attributesOf = ({ elements }: Pick<ReadPage, 'elements'>, id: string): Record<string, string> =>
  Object.fromEntries(elements.find(({ attributes }) => attributes.get('id') === id)?.attributes ?? [])

describe('every page', () => {
  for (const { name, page, elements } of pages) {
    const named = (tag: string) => elements.filter((one) => one.name === tag)
    test(`${name} names itself, and has one heading and at most one form, which posts`, () => {
      assert.deepEqual(
        named('body').map(({ attributes }) => Object.fromEntries(attributes)),
        [{ 'data-page': name.split(',')[0] }],
      )
      assert.equal(named('h1').length, 1)
      assert.ok(named('form').length <= 1)
      for (const { attributes } of named('form')) assert.equal(attributes.get('method'), 'post')
    })

    test(`${name} holds no script or style of its own, so that a policy can forbid them`, () => {
      assert.deepEqual([...page.matchAll(/<style|<script(?![^>]* src="\/assets\/[a-z-]+\.js")|<script[^>]*>(?!<\/script>)/g)], [])
      const keys = elements.flatMap(({ attributes }) => [...attributes.keys()])
      assert.deepEqual(
        keys.filter((key) => key === 'style' || key.startsWith('on') || key === 'srcdoc'),
        [],
      )
    })

    test(`${name} labels every input, and every reference in it has its target`, () => {
      const ids = elements.flatMap(({ attributes }) => attributes.get('id') ?? [])
      assert.equal(new Set(ids).size, ids.length)
      const references = ['for', 'aria-describedby', 'aria-labelledby'].flatMap((key) =>
        elements.flatMap(({ attributes }) => attributes.get(key) ?? []),
      )
      for (const id of references) assert.ok(ids.includes(id), id)
      const labelled = named('label').map(({ attributes }) => attributes.get('for'))
      for (const { attributes } of named('input'))
        assert.ok(
          attributes.get('type') === 'hidden' || labelled.includes(attributes.get('id') ?? 'no id'),
          `input ${attributes.get('name')}`,
        )
    })

    test(`${name} tells no other site where it was opened from`, () => {
      for (const { attributes } of named('iframe')) assert.equal(attributes.get('referrerpolicy'), 'no-referrer')
      // Pictures and styles come from this server alone, below the path of the tenant.
      for (const { attributes } of named('img')) assert.match(attributes.get('src') ?? '', /^\/[^/]/)
      for (const { attributes } of named('link')) assert.match(attributes.get('href') ?? '', /^\/[^/]/)
      const leaving = named('a').filter(
        ({ attributes }) => attributes.get('href')?.startsWith('https:') && attributes.get('id') !== 'retry',
      )
      for (const { attributes } of leaving) assert.equal(attributes.get('rel'), 'noopener noreferrer')
      for (const { attributes } of named('img')) {
        assert.ok(attributes.has('alt'))
        assert.ok(attributes.has('width') && attributes.has('height'), 'nothing moves when it arrives')
      }
    })
  }
})

const hooks: Record<
  string,
  { readonly heading: string; readonly inputs?: object; readonly buttons: Record<string, readonly [string, string]> }
> = {
  'sign-in': {
    heading: 'Sign in',
    inputs: { username: ['username', 'text', 'username webauthn'], password: ['password', 'password', 'current-password'] },
    buttons: { 'login-submit': ['action', 'sign-in'], 'login-cancel': ['action', 'cancel'] },
  },
  'sign-in, name': {
    heading: 'Sign in',
    inputs: { username: ['username', 'text', 'username webauthn'] },
    buttons: { 'login-continue': ['action', 'name'], 'login-cancel': ['action', 'cancel'] },
  },
  'sign-in, password': {
    heading: 'Sign in',
    inputs: { password: ['password', 'password', 'current-password webauthn'] },
    buttons: { 'login-submit': ['action', 'sign-in'], 'mail-code': ['action', 'mail-code'], 'login-cancel': ['action', 'cancel'] },
  },
  'sign-in, passkey': {
    heading: 'Sign in',
    buttons: { 'way-password': ['way', 'password'], 'mail-code': ['action', 'mail-code'], 'login-cancel': ['action', 'cancel'] },
  },
  'sign-in, mail': {
    heading: 'Sign in',
    buttons: { 'way-password': ['way', 'password'], 'mail-code': ['action', 'mail-code'], 'login-cancel': ['action', 'cancel'] },
  },
  'sign-up': {
    heading: 'Create account',
    inputs: {
      username: ['username', 'text', 'username'],
      email: ['email', 'email', 'email'],
      password: ['password', 'password', 'new-password'],
    },
    buttons: { 'register-submit': ['action', 'sign-up'], 'login-cancel': ['action', 'cancel'] },
  },
  'sign-up-address': {
    heading: 'Create account',
    inputs: { email: ['email', 'email', 'email'] },
    buttons: { 'address-submit': ['action', 'address'], 'login-cancel': ['action', 'cancel'] },
  },
  'sign-up-closed': { heading: 'Create account', buttons: { 'login-cancel': ['action', 'cancel'] } },
  'first-run, by either way': {
    heading: 'Welcome',
    buttons: { 'register-submit': ['action', 'password'], 'passkey-instead': ['action', 'passkey'] },
  },
  consent: { heading: 'Allow access', buttons: { 'consent-allow': ['decision', 'allow'], 'consent-deny': ['decision', 'deny'] } },
  'select-account': {
    heading: 'Choose an account',
    buttons: { 'account-other': ['account', 'other'], 'login-cancel': ['account', 'cancel'] },
  },
  device: { heading: 'Connect a device', inputs: { 'user-code': ['user_code', 'text', 'off'] }, buttons: {} },
  'device, confirm': {
    heading: 'Connect a device',
    buttons: { 'consent-allow': ['decision', 'allow'], 'consent-deny': ['decision', 'deny'] },
  },
  'device, connected': { heading: 'Device connected', buttons: {} },
  'device, denied': { heading: 'Request denied', buttons: {} },
  logout: { heading: 'Sign out', buttons: { 'logout-confirm': ['decision', 'logout'], 'logout-cancel': ['decision', 'stay'] } },
  'signed-out': { heading: 'Signed out', buttons: {} },
  'signed-out, still in': { heading: 'Still signed in', buttons: {} },
}

for (const [name, { heading, inputs = {}, buttons }] of Object.entries(hooks)) {
  test(`the ${name} page carries the heading, the fields and the buttons that its endpoint waits for`, () => {
    const read = pages.find((one) => one.name === name)
    assert.ok(read)
    assert.ok(read.page.includes(`<h1 id="heading">${heading}</h1>`))
    for (const [id, expected] of Object.entries(inputs)) {
      const { name: key, type, autocomplete } = attributesOf(read, id)
      assert.deepEqual([key, type, autocomplete], expected)
    }
    for (const [id, expected] of Object.entries(buttons)) {
      const { name: key, value, type } = attributesOf(read, id)
      assert.deepEqual([key, value, type], [...expected, 'submit'])
    }
  })
}

test('a page is titled by its heading and the client', () => {
  const page = signInPage({ ...frame, ...target, client: card })
  assert.match(page, /<title>Sign in · Acme Notes<\/title>/)
  assert.match(devicePage({ ...frame, ...target }), /<title>Connect a device<\/title>/)
  assert.match(errorPage({ ...frame, code: 'unknown_client', description: 'No.' }), /<title>Request error<\/title>/)
})

describe('the Enter key and the first button', () => {
  const firstButton = (page: string): string | undefined =>
    readPage(page)
      .elements.find(({ name }) => name === 'button')
      ?.attributes.get('id')

  test('sign in, never cancel', () => {
    assert.equal(firstButton(signInPage({ ...frame, ...target })), 'login-submit')
    assert.equal(firstButton(signUpPage({ ...frame, ...target, values: {}, problems: {}, signInUrl: '/sign-in' })), 'register-submit')
  })

  test('do the task of the page, on every page with a field to type in, though a passkey has a button of its own', () => {
    for (const { name, page } of pages) {
      const [, inside = ''] = /<form[^>]*>([\s\S]*?)<\/form>/.exec(page) ?? []
      if (!/<input(?![^>]*type="(?:hidden|checkbox)")/.test(inside)) continue
      const first = /<button[^>]*>/.exec(inside)?.[0] ?? ''
      assert.match(first, /class="button primary"/, `${name}: ${first}`)
    }
  })

  test('leaving asks for no field to be filled', () => {
    for (const { name, elements } of pages)
      for (const { attributes } of elements) if (attributes.get('id') === 'login-cancel') assert.ok(attributes.has('formnovalidate'), name)
  })
})

test('a refused sign-in says why beside the password, and never which of the two was wrong', () => {
  const page = signInPage({ ...frame, ...target, username: 'testuser', problem: 'incorrect' })
  const read = readPage(page)
  for (const id of ['username', 'password']) {
    const { 'aria-invalid': isInvalid, 'aria-describedby': note } = attributesOf(read, id)
    assert.deepEqual([isInvalid, note], ['true', 'password-note'])
  }
  assert.equal(attributesOf(read, 'password-note')['role'], 'alert')
  assert.match(read.text, /Incorrect user name or password/)
})

test('a password is never printed back', () => {
  for (const { name, elements } of pages)
    for (const { attributes } of elements) if (attributes.get('type') === 'password') assert.ok(!attributes.has('value'), name)
})

test('a wait is told in words, and later where it is not known', () => {
  const textOf = (retryAfterSeconds?: number): string =>
    readPage(signInPage({ ...frame, ...target, problem: 'limited', retryAfterSeconds })).text
  for (const [seconds, words] of [
    [0, 'in 1 second.'],
    [1.2, 'in 2 seconds.'],
    [60, 'in 1 minute.'],
    [61, 'in 2 minutes.'],
    [7200, 'in 2 hours.'],
  ] as const)
    assert.ok(textOf(seconds).includes(words), words)
  assert.ok(textOf().includes('Try again later.'))
})

test('a page without problems announces none, and has the same lines as one with them', () => {
  const [calm, wrong] = [undefined, 'incorrect' as const].map((problem) =>
    readPage(signInPage({ ...frame, ...target, username: 'a', problem })),
  )
  const notes = (read: ReadPage | undefined): number =>
    read?.elements.filter(({ attributes }) => attributes.get('class')?.startsWith('note')).length ?? 0
  assert.equal(notes(calm), 2)
  assert.equal(notes(wrong), 2)
  assert.ok(!calm?.elements.some(({ attributes }) => attributes.has('role') || attributes.has('aria-invalid')))
})

test('each account has its own button, which carries its id', () => {
  const accounts = ['first', 'second'].map((id) => ({ id, name: `name of ${id}` }))
  const { elements } = readPage(accountChooserPage({ ...frame, ...target, accounts }))
  const values = elements.filter(({ attributes }) => attributes.get('name') === 'account').map(({ attributes }) => attributes.get('value'))
  assert.deepEqual(values, ['first', 'second', 'other', 'cancel'])
})

test('the consent page shows the host at the first use and not later', () => {
  const model = { ...frame, ...target, client: card, account: 'testuser', scopes: [], resources: [] }
  assert.ok(readPage(consentPage({ ...model, isFirstUse: true, isVouchedFor: true })).text.includes('notes.example.com'))
  assert.ok(!readPage(consentPage({ ...model, isFirstUse: false, isVouchedFor: true })).text.includes('notes.example.com'))
  assert.ok(
    readPage(consentPage({ ...model, client: { name: 'Acme Notes' }, isFirstUse: true, isVouchedFor: true })).text.includes(
      'not used this application before',
    ),
  )
})

test('the application that asks is named with its logo, its policy and its terms', () => {
  const url = 'https://notes.example.com'
  const client = { ...card, logoUri: '/client-logo/notes/abc', clientUri: url, policyUri: `${url}/policy`, tosUri: `${url}/terms` }
  const { elements, text } = readPage(signInPage({ ...frame, ...target, client, basePath: '/t/acme' }))
  const values = (key: string) => elements.flatMap(({ attributes }) => attributes.get(key) ?? [])
  for (const link of [client.clientUri, client.policyUri, client.tosUri]) assert.ok(values('href').includes(link), link)
  assert.ok(values('src').includes(`/t/acme${client.logoUri}`))
  assert.ok(text.includes('to continue to Acme Notes'))
})

test('hidden fields travel with the form', () => {
  const { elements } = readPage(devicePage({ ...frame, action: '/do', hidden: { flow: 'abc', form_token: 'xyz' } }))
  const hidden = elements
    .filter(({ attributes }) => attributes.get('type') === 'hidden')
    .map(({ attributes }) => Object.fromEntries(attributes))
  assert.deepEqual(
    hidden.map(({ name, value }) => [name, value]),
    [
      ['flow', 'abc'],
      ['form_token', 'xyz'],
    ],
  )
})

test('a denied device is not called connected', () => {
  assert.ok(!readPage(deviceDonePage({ ...frame, isApproved: false, client: card })).text.includes('onnected'))
})
