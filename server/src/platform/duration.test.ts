import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseDuration, printDuration } from './duration.ts'

test('reads every unit, and a bare number as seconds', () => {
  const rows: [string, number][] = [
    ['250ms', 0.25],
    ['10s', 10],
    ['15m', 900],
    ['2h', 7200],
    ['90d', 7_776_000],
    ['42', 42],
    ['0s', 0],
    [' 5m ', 300],
  ]
  for (const [text, seconds] of rows) assert.equal(parseDuration(text), seconds, text)
})

test('refuses what is no duration', () => {
  for (const text of ['', 'm', '-1s', '1.5h', '5 minutes', '1h30m', '1e3', '1w', '9999999999s'])
    assert.equal(parseDuration(text), undefined, text)
})

test('prints the shortest form, which reads back as the same', () => {
  const rows: [number, string][] = [
    [900, '15m'],
    [90, '90s'],
    [86_400, '1d'],
    [0, '0s'],
    [0.25, '250ms'],
    [7200, '2h'],
  ]
  for (const [seconds, text] of rows) {
    assert.equal(printDuration(seconds), text)
    assert.equal(parseDuration(text), seconds)
  }
})
