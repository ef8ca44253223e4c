import assert from 'node:assert/strict'
import { test } from 'node:test'
import { budgetNetwork, isLoopbackHost, isNetwork, networkMatcher, plainAddress } from './network.ts'

test('an IPv4 address in IPv6 clothes is that address, and a zone is no part of one', () => {
  const rows: [string, string][] = [
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['192.0.2.1', '192.0.2.1'],
  ]
  for (const [given, plain] of rows) assert.equal(plainAddress(given), plain)
})

test('tells networks from other text', () => {
  for (const text of ['10.0.0.0/8', '::1', '192.0.2.1', '2001:db8::/32', '0.0.0.0/0']) assert.ok(isNetwork(text), text)
  for (const text of ['', '10.0.0', '10.0.0.0/33', '::1/129', '10.0.0.0/8/8', '10.0.0.0/', 'localhost', '10.0.0.0/-1'])
    assert.ok(!isNetwork(text), text)
})

test('matches addresses of its networks and no others', () => {
  const matches = networkMatcher(['10.0.0.0/8', '192.0.2.1', '2001:db8::/32'])
  for (const address of ['10.255.0.1', '192.0.2.1', '2001:db8:ffff::1']) assert.ok(matches(address), address)
  for (const address of ['11.0.0.1', '192.0.2.2', '2001:db9::1', '', 'evil', '10.0.0.1 ']) assert.ok(!matches(address), address)
})

test('knows the names and addresses of this machine', () => {
  for (const host of ['localhost', 'app.localhost', '127.0.0.1', '127.9.9.9', '[::1]', '::1']) assert.ok(isLoopbackHost(host), host)
  for (const host of ['localhost.evil.test', '128.0.0.1', '0.0.0.0', '[::2]', 'example.com']) assert.ok(!isLoopbackHost(host), host)
})

test('counts budgets by /24 and /64, however an address is written', () => {
  const same = ['2001:db8:1:2::1', '2001:0DB8:0001:0002:ffff::9', '2001:db8:1:2:3:4:5:6']
  assert.equal(new Set(same.map(budgetNetwork)).size, 1)
  assert.notEqual(budgetNetwork('2001:db8:1:3::1'), budgetNetwork(same[0] ?? ''))
  assert.equal(budgetNetwork('192.0.2.77'), '192.0.2.0/24')
  assert.equal(budgetNetwork('::ffff:192.0.2.1'), '192.0.2.0/24')
  for (const text of ['', 'evil', '1.2.3']) assert.equal(budgetNetwork(text), 'unknown')
})
