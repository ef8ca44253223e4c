import { placeOf } from '../place.ts'
import type { Project } from '../project.ts'
import type { Violation } from '../violation.ts'

const lists = new Set(['oauth/core/authorize/index.ts', 'admin/index.ts'])
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/

const problemOf = (path: string): { problem: string; mend: string } | undefined => {
  const place = placeOf(path)
  if (place === undefined) return undefined
  if (!kebab.test(place.name))
    return { problem: 'a file name is not in kebab-case', mend: 'Name the file after its one export, in kebab-case' }
  if (place.role === undefined) {
    return {
      problem: `the suffix of ${path.split('/').at(-1)} is not on the list`,
      mend: 'The list is store, routes, admin.routes, job, mail, method, provider, test: join other words with a hyphen',
    }
  }
  const isBarrel = place.name === 'index' && !lists.has(place.inner)
  return isBarrel ? { problem: 'a barrel index.ts', mend: 'Import each file by its name' } : undefined
}

/** The closed list of suffixes, and no barrels (architecture.md section 2). */
export const checkNames = ({ files }: Project): Violation[] =>
  files.flatMap(({ path }) => {
    const found = problemOf(path)
    return found === undefined ? [] : [{ rule: 'names' as const, path, line: 1, ...found }]
  })
