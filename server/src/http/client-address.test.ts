import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientAddress } from './client-address.ts'

test('believes no header unless the peer is a trusted proxy', () => {
  for (const trusted of [[], ['10.0.0.0/8']]) {
    const address = clientAddress(trusted)
    assert.equal(address('192.0.2.9', '203.0.113.7'), '192.0.2.9')
    assert.equal(address('::ffff:192.0.2.9', '203.0.113.7'), '192.0.2.9')
  }
})

test('behind trusted proxies the right-most hop that is none of them is the client', () => {
  const address = clientAddress(['10.0.0.0/8', '2001:db8::/32'])
  const rows: [string | string[], string][] = [
    ['203.0.113.7', '203.0.113.7'],
    ['1.1.1.1, 203.0.113.7, 10.9.9.9', '203.0.113.7'],
    [['1.1.1.1', '203.0.113.7'], '203.0.113.7'],
    ['[2001:db9::1]:443, 2001:db8::5', '2001:db9::1'],
    ['203.0.113.7, nonsense', '10.0.0.1'],
    ['', '10.0.0.1'],
    ['10.2.2.2', '10.2.2.2'],
  ]
  for (const [header, client] of rows) assert.equal(address('10.0.0.1', header), client, String(header))
})

test('a socket that has gone has no address, and none is made up', () => {
  assert.equal(clientAddress(['10.0.0.0/8'])(undefined, '203.0.113.7'), '')
})
