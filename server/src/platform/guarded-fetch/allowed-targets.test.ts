import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allowedTargets, isAllowedTarget } from './allowed-targets.ts'

test('tells hosts and networks from other text', () => {
  for (const text of [
    'idp.internal',
    'idp.internal:8443',
    'localhost:3000',
    '10.0.0.0/8',
    '127.0.0.1',
    '127.0.0.1:9000',
    '[::1]:9000',
    '::1',
  ])
    assert.ok(isAllowedTarget(text), text)
  for (const text of [
    '',
    'https://idp.internal',
    'idp.internal/path',
    'a b',
    'idp:0',
    'idp:70000',
    'idp:x',
    '10.0.0.0/33',
    '*.internal',
    'u@idp',
    '-a',
  ])
    assert.ok(!isAllowedTarget(text), text)
})

test('lets a host through at its port alone, 443 where none is named, and its subdomains not at all', () => {
  const { hasHost } = allowedTargets(['idp.internal', 'App.internal:8443'])
  assert.ok(hasHost('idp.internal', 443) && hasHost('app.internal', 8443) && hasHost('IDP.internal', 443))
  const others: readonly [string, number][] = [
    ['idp.internal', 8443],
    ['app.internal', 443],
    ['x.idp.internal', 443],
    ['idp.internal.', 443],
    ['idp.internal.evil.test', 443],
  ]
  for (const [host, port] of others) assert.ok(!hasHost(host, port), host)
})

test('lets the addresses of a network through, also in IPv6 clothes', () => {
  const { hasAddress } = allowedTargets(['10.0.0.0/8', '::1'])
  for (const address of ['10.1.2.3', '::ffff:10.1.2.3', '::1']) assert.ok(hasAddress(address), address)
  for (const address of ['11.0.0.1', '127.0.0.1', '::2', 'idp.internal', '']) assert.ok(!hasAddress(address), address)
})
