import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOfRedirectUri, problemOfWebUri } from '../../src/clients/clients.ts'

const both = ['web', 'native'] as const

const refusesAll = (uris: readonly string[]): void => {
  for (const uri of uris)
    for (const type of both) assert.equal(typeof problemOfRedirectUri(uri, type), 'string', `${type} ${JSON.stringify(uri)}`)
}

test('B-01 refuses redirect URIs that a server behind them could read as another path', () => {
  refusesAll([
    'https://app.example/cb/../evil',
    'https://app.example/./cb',
    'https://app.example/%2e%2e/evil',
    'https://app.example/%2E%2E%2Fevil',
    'https://app.example/cb/..;/evil',
    'https://app.example/a%2f..%2fb',
    'https://app.example/%5c..%5cb',
    'https://app.example/a\\b',
    'https://app.example/\tcb',
    'https://app.example/\ncb',
    'https://app.example/%00',
    'https://app.example/%0d%0aLocation:x',
    'https://app.example/cb?a=%0a',
    'https://app.example/%zz',
    'https:app.example/cb',
    'https:///app.example/cb',
    '//evil.example/cb',
    '/cb',
    '',
  ])
})

test('B-02 refuses user information and hosts hidden behind it', () => {
  refusesAll([
    'https://app.example@evil.example/cb',
    'https://app.example:443@evil.example/cb',
    'http://127.0.0.1:49152@evil.example/cb',
    'http://127.0.0.1:@evil.example/cb',
    'http://a@b@evil.example/cb',
    'http://[::1]:1@evil.example/cb',
    'https://@evil.example/cb',
    'https://:@evil.example/cb',
    'com.example.app://user@host/cb',
  ])
})

test('B-03 offers no wildcards and no patterns', () => {
  refusesAll([
    'https://*.example/cb',
    'https://app.example/*',
    'https://app.example/(.*)|x',
    'https://app.example/^cb',
    'https://app.example/{x}',
  ])
})

test('B-05 refuses schemes that run code or read files, in any spelling', () => {
  refusesAll([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'JaVaScRiPt://app.example/%0aalert(1)',
    ' javascript:alert(1)',
    ' java\tscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://app.example/x',
    'about:blank',
    'ftp://app.example/cb',
    'myapp:/cb',
    'com..example:/cb',
    'com.example.app:cb',
    'com.example.javascript:alert(1)',
  ])
})

test('B-05 refuses http beyond loopback literals, however the address is written', () => {
  refusesAll([
    'http://app.example/cb',
    'http://localhost.evil.test/cb',
    'http://127.0.0.1.evil.test/cb',
    'http://127.1/cb',
    'http://0x7f000001/cb',
    'http://2130706433/cb',
    'http://[::ffff:127.0.0.1]/cb',
    'http://0.0.0.0/cb',
    'http://localhost./cb',
  ])
})

test('B-05 refuses fragments and letters that imitate others', () => {
  refusesAll([
    'https://app.example/cb#f',
    'https://app.example/cb#',
    'https://аpp.example/cb',
    'https://app。example/cb',
    'https://%61pp.example/cb',
  ])
})

test('refuses private-use schemes of web applications', () => {
  assert.equal(typeof problemOfRedirectUri('com.example.app:/cb', 'web'), 'string')
})

test('refuses a redirect URI beyond 2,000 characters', () => {
  assert.equal(typeof problemOfRedirectUri(`https://app.example/${'a'.repeat(2000)}`, 'web'), 'string')
})

test('accepts https, loopback http and, for native applications, reverse domain schemes', () => {
  for (const uri of [
    'https://app.example/cb',
    'https://app.example',
    'https://app.example:8443/cb?tenant=1&next=%2Fhome',
    'https://app.example/a.b/..c/d..',
    'https://xn--e1afmkfd.example/cb',
    'http://127.0.0.1:3000/cb',
    'http://localhost/cb',
    'http://[::1]:1/cb',
  ])
    for (const type of both) assert.equal(problemOfRedirectUri(uri, type), undefined, uri)
  for (const uri of ['com.example.app:/cb', 'com.example.app://cb']) assert.equal(problemOfRedirectUri(uri, 'native'), undefined, uri)
})

test('B-05 refuses links and logout URIs that are neither https nor loopback', () => {
  for (const uri of [
    'javascript:alert(1)',
    'data:text/html,x',
    'http://app.example/logo',
    'com.example.app:/logout',
    'https://a@app.example/',
    'nothing',
  ])
    assert.equal(typeof problemOfWebUri(uri), 'string', uri)
  assert.equal(problemOfWebUri('https://app.example/terms#section'), undefined)
})
