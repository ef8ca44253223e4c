import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { checkpointKey, printCheckpoint, readCheckpoint, verifierKey } from './checkpoint.ts'

const key = checkpointKey(Buffer.alloc(32, 7))
const head = { origin: 'id.example.com/audit', size: 42, root: Buffer.alloc(32, 1) }
const note = printCheckpoint(head, key)

describe('a checkpoint', () => {
  test('is a signed note: origin, size and root, a blank line, and one signature', () => {
    const lines = note.split('\n')
    assert.deepEqual(lines.slice(0, 4), ['id.example.com/audit', '42', Buffer.alloc(32, 1).toString('base64'), ''])
    assert.match(lines[4] ?? '', /^\u2014 id\.example\.com\/audit [A-Za-z0-9+/]+=*$/)
    assert.equal(Buffer.from(lines[4]?.split(' ')[2] ?? '', 'base64').length, 4 + 64)
  })

  test('is read again by its key', () => {
    assert.deepEqual(readCheckpoint(note, key), head)
    assert.match(verifierKey(head.origin, key), /^id\.example\.com\/audit\+[0-9a-f]{8}\+AQ?[A-Za-z0-9+/]+=*$/)
  })

  test('is none with another size, root, origin, signature or key', () => {
    const changed = [
      note.replace('\n42\n', '\n43\n'),
      note.replace('AQEB', 'AQEC'),
      note.replaceAll('id.example.com', 'id.example.org'),
      note.replace('id.example.com/audit\n', 'other\n'),
      note.slice(0, -4),
      `${note}\n`,
      note.replace('\n\n', '\nmore\n\n'),
      '',
    ]
    for (const one of changed) assert.equal(readCheckpoint(one, key), undefined, JSON.stringify(one))
    assert.equal(readCheckpoint(note, checkpointKey(randomBytes(32))), undefined)
  })
})
