import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readInvitationList } from './invitation-list.ts'

const read = (text: string) => readInvitationList(text).map(({ line, address, roles }) => [line, address, roles?.join('+')])

describe('a list of addresses', () => {
  test('is read by line, comma and semicolon, with the names that mail programs copy', () => {
    assert.deepEqual(read('a@example.com\r\nAlice <b@example.com>, c@example.com;d@example.com\n\n  e@example.com  '), [
      [1, 'a@example.com', undefined],
      [2, 'b@example.com', undefined],
      [2, 'c@example.com', undefined],
      [2, 'd@example.com', undefined],
      [4, 'e@example.com', undefined],
    ])
  })

  test('is read as CSV by the names of its columns, wherever they stand', () => {
    assert.deepEqual(read('\uFEFFName,Roles,Email\n"Doe, ""Jo""",administrator;member,a@example.com\nBob,,b@example.com\n'), [
      [2, 'a@example.com', 'administrator+member'],
      [3, 'b@example.com', undefined],
    ])
  })

  test('keeps what is no address with its line, for whoever sent it', () => {
    assert.deepEqual(read('email\nnobody\n,\n'), [
      [2, 'nobody', undefined],
      [3, '', undefined],
    ])
    assert.deepEqual(read('hello\n"'), [
      [1, 'hello', undefined],
      [2, '"', undefined],
    ])
  })

  test('V-05 is read in linear time, whatever it holds', () => {
    const start = performance.now()
    for (const text of [
      '<'.repeat(131_072),
      '"'.repeat(131_072),
      `email\n${'",'.repeat(65_000)}`,
      '<a'.repeat(65_536),
      ','.repeat(131_072),
    ])
      readInvitationList(text)
    assert.ok(performance.now() - start < 1000)
  })
})
