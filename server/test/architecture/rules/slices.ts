import type { Place, Role } from '../place.ts'
import { type Edge, type Project, productEdges, productFiles } from '../project.ts'
import type { Violation } from '../violation.ts'

const lines: readonly (readonly string[])[] = [
  ['platform'],
  ['config', 'db'],
  ['events'],
  ['http', 'jobs', 'mail', 'keys', 'pages'],
  ['tenants', 'settings', 'users', 'clients', 'access'],
  ['organizations', 'credentials', 'sessions', 'federation', 'webhooks'],
  ['login'],
  ['oauth'],
  ['auth-api', 'scim', 'admin'],
  ['cli', 'compose', 'main'],
]

const lineOf = ({ top }: Place): number => lines.findIndex((line) => line.includes(top))

// Folders of one noun per file have no single door.
const openFolders = new Set(['platform', 'config', 'db', 'http', 'pages'])
const contracts = new Set(['credentials/method.ts', 'federation/provider.ts'])

const isFrontDoor = ({ inner, top, slice }: Place): boolean =>
  openFolders.has(top) || contracts.has(inner) || inner === `${slice}/${slice.split('/').at(-1)}.ts`

// An implementation of a contract may name the contract though both stand on one line.
const contractOfRole: Partial<Record<Role, string>> = { routes: 'http', 'admin.routes': 'http', job: 'jobs', mail: 'mail' }

const isOnEarlierLine = ({ from, to }: Edge): boolean => {
  if (lineOf(to) < lineOf(from)) return true
  if (from.top === 'main') return to.top === 'cli' || to.top === 'compose'
  if (from.top === 'cli') return to.top === 'compose'
  return from.role !== undefined && contractOfRole[from.role] === to.top
}

const mayPassTheDoor = ({ from, to }: Edge): boolean => {
  if (from.top === 'compose' || isFrontDoor(to)) return true
  if (lineOf(to) === lines.length - 1) return from.top === 'main' || to.top === 'compose'
  // A job is what a slice does outside a request: the command line calls it too.
  if (from.top === 'cli' && to.role === 'job') return true
  return from.top === 'admin' && to.role === 'admin.routes'
}

/** One slice per credential or provider: they know their contract, not each other. */
const isWithinSlice = ({ from, to }: Edge): boolean =>
  from.top === to.top && (from.slice === to.slice || from.slice === from.top || (to.slice === to.top && to.role === ''))

const checkEdge = (edge: Edge): Violation[] => {
  const { path, from, to, imported } = edge
  const at = { rule: '4' as const, path, line: imported.line }
  if (isWithinSlice(edge) || lineOf(from) === -1 || lineOf(to) === -1) return []
  if (!isOnEarlierLine(edge)) {
    const mend = 'Take what it needs as a function argument, which compose.ts passes'
    return [{ ...at, problem: `${from.slice} imports ${to.slice}, which is not on an earlier line`, mend }]
  }
  if (mayPassTheDoor(edge)) return []
  const door = `${to.slice}/${to.slice.split('/').at(-1)}.ts`
  return [
    {
      ...at,
      problem: `${from.slice} enters ${to.slice} by ${to.inner}`,
      mend: `Import from ${door}, or take it as an argument from compose.ts`,
    },
  ]
}

const checkKnown = (project: Project): Violation[] =>
  productFiles(project)
    .filter(({ place }) => lineOf(place) === -1)
    .map(({ file, place }) => ({
      rule: '4' as const,
      path: file.path,
      line: 1,
      problem: `"${place.top}" is not a slice of the architecture`,
      mend: 'Move the file into the slice it belongs to, or give the slice its line in architecture.md and here',
    }))

const checkInside = (project: Project): Violation[] =>
  productFiles(project).flatMap(({ file }) =>
    file.imports
      .filter(({ target }) => target !== undefined && !target.startsWith('server/src/') && /\.[cm]?[jt]sx?$/.test(target))
      .map(({ specifier, line }) => ({
        rule: '4' as const,
        path: file.path,
        line,
        problem: `the product imports code from outside server/src ("${specifier}")`,
        mend: 'Move what it needs into server/src; tests and benchmarks depend on the product, not the other way round',
      })),
  )

/** Rule 4: slices stand in lines and meet at their front doors. */
export const checkSlices = (project: Project): Violation[] => [
  ...checkKnown(project),
  ...checkInside(project),
  ...productEdges(project).flatMap(checkEdge),
]
