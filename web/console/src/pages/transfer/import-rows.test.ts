import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Format, formatOf, partsOf, rowsOf, survey, UnreadableFile } from './import-rows.ts'

const read = async (text: string | Uint8Array<ArrayBuffer>, format: Format) => {
  const rows: unknown[] = []
  for await (const row of rowsOf(new Blob([text]), format)) rows.push(row)
  return rows
}
const parts = async (rows: readonly object[], hashesPasswords = false) => {
  const all: { firstRow: number; rows: readonly unknown[] }[] = []
  const text = rows.map((row) => JSON.stringify(row)).join('\n')
  for await (const part of partsOf(rowsOf(new Blob([text]), 'jsonl'), hashesPasswords)) all.push(part)
  return all
}

describe('a CSV file', () => {
  test('is read as RFC 4180 writes it: quotes, commas and lines within cells', async () => {
    assert.deepEqual(await read('username,email\r\n"a ""b"", c","x\ny@example.com"\r\n', 'csv'), [
      { username: 'a "b", c', email: 'x\ny@example.com' },
    ])
    assert.deepEqual(await read('\ufeffusername,email\nalice,\n\nbob,b@example.com', 'csv'), [
      { username: 'alice', email: '' },
      { username: 'bob', email: 'b@example.com' },
    ])
  })
  test('loses the quote before what a spreadsheet would run, as the export put it there', async () => {
    assert.deepEqual(await read("username\n'=1+1\n'quoted'\n", 'csv'), [{ username: '=1+1' }, { username: "'quoted'" }])
  })
  test('names a cell that no column is for, so that its row is refused', async () => {
    assert.deepEqual(await read('username\na,b\n', 'csv'), [{ username: 'a', 'column 2': 'b' }])
  })
  test('is refused where a quote never ends, or where it is not UTF-8', async () => {
    await assert.rejects(read('username\n"alice', 'csv'), UnreadableFile)
    await assert.rejects(read(new Uint8Array([0x61, 0xff, 0x0a]), 'csv'), UnreadableFile)
  })
})

describe('a JSON Lines file', () => {
  test('is read line by line, and what is no object keeps its number', async () => {
    assert.deepEqual(await read('{"username":"a"}\r\n\n[1]\nnonsense\n{"username":"b"}', 'jsonl'), [
      { username: 'a' },
      { 'not a JSON object': true },
      { 'not a JSON object': true },
      { username: 'b' },
    ])
  })
  test('is what every file is whose name does not end in .csv', () => {
    assert.deepEqual([formatOf('People.CSV'), formatOf('users.jsonl'), formatOf('csv')], ['csv', 'jsonl', 'jsonl'])
  })
})

describe('the parts', () => {
  test('hold at most 250 rows, follow one another, and are the same each time', async () => {
    const rows = Array.from({ length: 600 }, (_, index) => ({ username: `user-${index}` }))
    const all = await parts(rows)
    assert.deepEqual(
      all.map(({ firstRow, rows: { length } }) => [firstRow, length]),
      [
        [1, 250],
        [251, 250],
        [501, 100],
      ],
    )
    assert.deepEqual(await parts(rows), all)
  })
  test('stay below what one request may hold, in bytes and not in characters', async () => {
    const all = await parts(Array.from({ length: 100 }, () => ({ username: 'ü'.repeat(1000) })))
    for (const { firstRow, rows } of all) assert.ok(new Blob([JSON.stringify({ first_row: firstRow, rows })]).size < 65_536)
    assert.equal(all.flatMap(({ rows }) => rows).length, 100)
  })
  test('hold 25 rows where passwords are hashed, and there is none of an empty file', async () => {
    assert.equal(
      (
        await parts(
          Array.from({ length: 30 }, () => ({ password: 'x' })),
          true,
        )
      ).length,
      2,
    )
    assert.deepEqual(await parts([]), [])
  })
})

test('a survey counts every row and shows the first', async () => {
  const text = `username,email\n${Array.from({ length: 20 }, (_, index) => `u${index},u${index}@example.com`).join('\n')}`
  const { count, first, columns } = await survey(new Blob([text]), 'csv')
  assert.deepEqual([count, first.length, columns], [20, 5, ['username', 'email']])
})
