// Compares docs/attack-cases.md with the names of the tests: every case is carried by a test, or its row says "later:" and why.
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const rows = [...readFileSync(`${root}docs/attack-cases.md`, 'utf8').matchAll(/^\| ([A-Z]-\d{2}) \| (.*) \|$/gm)]
const files = ['server/test/**/*.test.ts', 'server/src/**/*.test.ts'].flatMap((pattern) => globSync(pattern, { cwd: root }))
const carried = new Set()
for (const file of files)
  for (const [, name] of readFileSync(root + file, 'utf8').matchAll(/\b(?:test|it|describe)\(\s*['"`](.*?)['"`]\s*,/g))
    for (const [id] of name.matchAll(/\b[A-Z]-\d{2}\b/g)) carried.add(id)

const missing = rows.filter(([, id]) => !carried.has(id))
for (const [, id, text] of missing) process.stdout.write(`${id} is carried by no test. ${text}\n`)
const open = missing.filter(([, , text]) => !/later: \S/.test(text))
process.stdout.write(`${rows.length} cases, ${rows.length - missing.length} carried by tests, ${open.length} missing without a reason.\n`)
process.exitCode = rows.length === 0 || open.length > 0 ? 1 : 0
