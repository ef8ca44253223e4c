import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groups, opensTo, sectionAt } from './sections.ts'

const tenant = { id: '', slug: 'default', name: 'Default', root: true }
const sections = groups.flatMap((group) => group.sections)
const openTo = (permissions: readonly string[], root = true): readonly string[] =>
  sections.filter((one) => opensTo({ permissions, tenant: { ...tenant, root } }, one)).map(({ name }) => name)

test('shows nobody a section that none of their permissions opens', () => {
  assert.deepEqual(openTo([]), ['overview'])
  assert.deepEqual(openTo(['users:read']), ['overview', 'users'])
  assert.deepEqual(openTo(['users:write', 'clients:write', 'nothing:read']), ['overview'])
})

test('shows what concerns the installation at the root alone', () => {
  const permissions = ['jobs:read', 'tenants:read', 'keys:read']
  assert.deepEqual(openTo(permissions), ['overview', 'keys', 'jobs', 'tenants'])
  assert.deepEqual(openTo(permissions, false), ['overview', 'keys'])
})

test('a path belongs to the section that it begins with, whole names only', () => {
  const nameAt = (path: string) => sectionAt(path)?.name
  assert.deepEqual(['/', '/users', '/users/1', '/users/1/x', '/sign-in'].map(nameAt), ['overview', 'users', 'users', 'users', 'methods'])
  assert.deepEqual(['/usersx', '/nothing', '/t'].map(nameAt), [undefined, undefined, undefined])
})

test('each section has a path and a name of its own', () => {
  assert.equal(new Set(sections.map(({ path }) => path)).size, sections.length)
  assert.equal(new Set(sections.map(({ name }) => name)).size, sections.length)
})
