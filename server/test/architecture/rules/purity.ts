import type { Node } from 'oxc-parser'
import { isStore, type Place } from '../place.ts'
import { isPackage, type PlacedFile, type Project, productFiles } from '../project.ts'
import type { Import } from '../source-file.ts'
import type { Violation } from '../violation.ts'

const impureFolders = new Set(['platform', 'config', 'db', 'http', 'cli', 'jobs', 'mail', 'compose', 'main'])
// The bounded pool of hashing threads is a machine, not a function: it waits in real time.
const machine = /^credentials\/password\/hash-(pool|scheduler|threads?|worker)\.ts$/
// Its words are a file of the folder, read once.
const wordList = 'credentials/password/blocklist.ts'
const outside = ['fs', 'http', 'https', 'http2', 'net', 'tls', 'dns', 'dgram', 'child_process', 'cluster'].map((name) => `node:${name}`)
const packages = ['pg', 'kysely', 'fastify', ...outside]

const isPure = ({ role, top, inner }: Place): boolean =>
  role === '' && !impureFolders.has(top) && !machine.test(inner) && inner !== wordList

const isDoor = ({ inner, slice }: Place): boolean => inner === `${slice}/${slice.split('/').at(-1)}.ts`

const reachesOut = ({ specifier }: Import): boolean => packages.some((name) => isPackage(specifier, name))

/** A front door may hand on what its own store offers; any other file takes the store as an argument and imports at most its type. */
const reachesStore = (place: Place, { target, isTypeOnly }: Import): boolean =>
  target !== undefined && isStore(target) && !isTypeOnly && !isDoor(place)

const isCallOf = (node: Node, [object, method]: readonly [string, string]): boolean =>
  node.type === 'CallExpression' &&
  node.callee.type === 'MemberExpression' &&
  node.callee.object.type === 'Identifier' &&
  node.callee.object.name === object &&
  node.callee.property.type === 'Identifier' &&
  node.callee.property.name === method

const readsClock = (node: Node): boolean =>
  isCallOf(node, ['Date', 'now']) ||
  isCallOf(node, ['performance', 'now']) ||
  (node.type === 'NewExpression' && node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0)

const checkFile = ({ file, place }: PlacedFile): Violation[] => {
  const at = { rule: 'names' as const, path: file.path }
  const imports = file.imports
    .filter((one) => reachesOut(one) || reachesStore(place, one))
    .map(({ specifier, line }) => ({
      ...at,
      line,
      problem: `a file without a suffix is pure, and this one imports "${specifier}"`,
      mend: 'Give the file the suffix of its role, or take what it needs as an argument',
    }))
  const clocks = file.nodes.filter(readsClock).map(({ start }) => ({
    ...at,
    line: file.lineAt(start),
    problem: 'a file without a suffix is pure, and this one reads the clock',
    mend: 'Take the time as an argument',
  }))
  return [...imports, ...clocks]
}

/** No suffix means pure (architecture.md section 2), as far as imports and the clock show it. */
export const checkPurity = (project: Project): Violation[] =>
  productFiles(project)
    .filter(({ place }) => isPure(place))
    .flatMap(checkFile)
