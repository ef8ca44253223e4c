import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findViolations } from './architecture/find-violations.ts'
import { artefacts, composition } from './architecture/plants/composition-and-artefacts.ts'
import { cyclesAndFolders, environment } from './architecture/plants/cycles-and-environment.ts'
import { drivers, leaves } from './architecture/plants/leaves-and-drivers.ts'
import { names, purity } from './architecture/plants/names.ts'
import type { Plant } from './architecture/plants/plant.ts'
import { sizes } from './architecture/plants/sizes.ts'
import { slices } from './architecture/plants/slices.ts'
import { storesAndPages } from './architecture/plants/stores-and-pages.ts'
import { readTree } from './architecture/tree.ts'
import { printViolation, type Rule } from './architecture/violation.ts'

test('the tree keeps every rule of the architecture', () => {
  const violations = findViolations(readTree())
  assert.equal(violations.length, 0, `\n${violations.map(printViolation).sort().join('\n')}\n`)
})

test('the tree that is checked holds this test and the file that checks it', () => {
  const paths = readTree().map(({ path }) => path)
  for (const path of ['server/test/architecture.test.ts', 'server/test/architecture/find-violations.ts'])
    assert.ok(paths.includes(path), path)
  assert.ok(!paths.some((path) => path.includes('node_modules')))
})

const plantsByRule: readonly (readonly [Rule, readonly Plant[]])[] = [
  ['1', leaves],
  ['2', drivers],
  ['3', storesAndPages],
  ['4', slices],
  ['5', composition],
  ['6', artefacts],
  ['7', [...cyclesAndFolders, ...environment]],
  ['8', sizes],
  ['names', [...names, ...purity]],
]

for (const [rule, plants] of plantsByRule) {
  describe(`rule ${rule}`, () => {
    for (const { name, files, reports } of plants) {
      test(name, () => {
        const found = findViolations(Object.entries(files).map(([path, source]) => ({ path, source })))
        assert.deepEqual(found.map((one) => `${one.rule} ${one.path}:${one.line}`).sort(), [...reports].sort())
        assert.ok(reports.length === 0 || reports.some((report) => report.startsWith(`${rule} `)), 'the plant is about another rule')
      })
    }
  })
}

test('a report names the place, the rule, the fault and the mend', () => {
  const [violation] = findViolations([{ path: 'server/src/users/users.routes.ts', source: "\nimport pg from 'pg'" }])
  assert.ok(violation)
  const report = printViolation(violation)
  assert.match(report, /^server\/src\/users\/users\.routes\.ts:2 rule 2: SQL is spoken outside .+\("pg"\)\. Move the statement into .+\.$/)
})

test('refuses a file that it cannot read as code, by name', () => {
  assert.throws(
    () => findViolations([{ path: 'server/src/users/users.ts', source: 'const = 1' }]),
    /server\/src\/users\/users\.ts cannot be parsed/,
  )
})
