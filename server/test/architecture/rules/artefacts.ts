import type { Node } from 'oxc-parser'
import { isPackage, type Project } from '../project.ts'
import type { Import, SourceFile } from '../source-file.ts'
import type { Violation } from '../violation.ts'

const scope = '@custom-identity-platform'

type Artefact = { readonly root: string; readonly mayReach: readonly string[]; readonly packages: readonly string[]; readonly mend: string }

const artefacts: readonly Artefact[] = [
  // The console shows the programs of docs/connect, which the tests run: text, and no code of another artefact.
  { root: 'web/', mayReach: ['web/', 'sdk/', 'docs/connect/'], packages: ['server', 'e2e'], mend: 'Reach the server through sdk' },
  {
    root: 'sdk/',
    mayReach: ['sdk/'],
    packages: ['server', 'e2e', 'console', 'account', 'kit'],
    mend: 'Generate what is needed from the route table',
  },
  {
    root: 'e2e/',
    mayReach: ['e2e/'],
    packages: ['server', 'console', 'account', 'kit'],
    mend: 'Start the server as a process and speak HTTP to it',
  },
]

const isOutside = ({ mayReach, packages }: Artefact, { specifier, target }: Import): boolean =>
  target === undefined
    ? packages.some((name) => isPackage(specifier, `${scope}/${name}`))
    : !mayReach.some((folder) => `${target}/`.startsWith(folder))

const requests = new Set(['fetch', 'XMLHttpRequest', 'EventSource', 'WebSocket'])
const globals = new Set(['window', 'globalThis', 'self'])

const isRequest = (node: Node): boolean => {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false
  const { callee } = node
  if (callee.type === 'Identifier') return requests.has(callee.name)
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    globals.has(callee.object.name) &&
    callee.property.type === 'Identifier' &&
    requests.has(callee.property.name)
  )
}

const checkRequests = ({ path, nodes, lineAt }: SourceFile): Violation[] =>
  nodes.filter(isRequest).map(({ start }) => ({
    rule: '6' as const,
    path,
    line: lineAt(start),
    problem: 'web speaks to the server by itself',
    mend: 'Call the sdk; add the operation there if it has none',
  }))

/** Rule 6: web reaches the server only through sdk, e2e only through HTTP. */
export const checkArtefacts = ({ files }: Project): Violation[] =>
  files.flatMap((file) => {
    const artefact = artefacts.find(({ root }) => file.path.startsWith(root))
    if (artefact === undefined) return []
    const imports = file.imports
      .filter((one) => isOutside(artefact, one))
      .map(({ specifier, line }) => ({
        rule: '6' as const,
        path: file.path,
        line,
        problem: `${artefact.root} reaches into another artefact ("${specifier}")`,
        mend: artefact.mend,
      }))
    return artefact.root === 'web/' ? [...imports, ...checkRequests(file)] : imports
  })
