import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBody } from './body.ts'
import { AppError } from './errors.ts'

const form = (text: string): unknown => readBody('form', { kind: 'form', bytes: Buffer.from(text) })

test('a repeated parameter becomes a list, so that neither the first nor the last wins', () => {
  assert.deepEqual(form('a=1&a=2&a=3&b=4'), { a: ['1', '2', '3'], b: '4' })
})

test('no name of a form reaches a prototype', () => {
  const body = form('__proto__=x&constructor=y&__proto__=z') as Record<string, unknown>
  assert.deepEqual(Object.entries(body), [
    ['__proto__', ['x', 'z']],
    ['constructor', 'y'],
  ])
  assert.equal(Object.getPrototypeOf(body), Object.prototype)
})

test('refuses the other media type, text that is not UTF-8 and text that is not JSON', () => {
  const statusOf = (work: () => unknown): number => {
    try {
      work()
    } catch (error) {
      if (error instanceof AppError) return error.status
    }
    return 0
  }
  const raw = (kind: 'json' | 'form', bytes: Uint8Array) => ({ kind, bytes: Buffer.from(bytes) })
  assert.equal(
    statusOf(() => readBody('json', raw('form', Buffer.from('a=1')))),
    415,
  )
  assert.equal(
    statusOf(() => readBody('form', raw('json', Buffer.from('{}')))),
    415,
  )
  assert.equal(
    statusOf(() => readBody('json', raw('json', Uint8Array.of(0x22, 0xff, 0x22)))),
    422,
  )
  assert.equal(
    statusOf(() => readBody('json', raw('json', Buffer.from('{"a":')))),
    422,
  )
  assert.equal(readBody('json', raw('json', Buffer.from('  '))), undefined)
  assert.equal(readBody('json', undefined), undefined)
})
