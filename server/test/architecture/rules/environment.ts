import type { Node } from 'oxc-parser'
import { isTestCode } from '../place.ts'
import type { Project } from '../project.ts'
import { literalText, type SourceFile } from '../source-file.ts'
import type { Violation } from '../violation.ts'

const isProcessModule = (specifier: string): boolean => specifier === 'node:process' || specifier === 'process'

const importsOf = (node: Node): { processes: string[]; isEnv: boolean } => {
  if (node.type !== 'ImportDeclaration' || !isProcessModule(node.source.value)) return { processes: [], isEnv: false }
  const named = node.specifiers.filter((one) => one.type === 'ImportSpecifier')
  const isEnv = named.some(({ imported }) => (imported.type === 'Identifier' ? imported.name : imported.value) === 'env')
  return { processes: node.specifiers.filter((one) => one.type !== 'ImportSpecifier').map(({ local }) => local.name), isEnv }
}

const keyOf = (node: Node, isComputed: boolean): string | undefined =>
  !isComputed && node.type === 'Identifier' ? node.name : literalText(node)

type IsProcess = (node: Node | null) => boolean

const processAs = (names: ReadonlySet<string>): IsProcess => {
  const isProcess: IsProcess = (node) => {
    if (node?.type === 'Identifier') return names.has(node.name)
    return node?.type === 'MemberExpression' && keyOf(node.property, node.computed) === 'process' && isGlobal(node.object)
  }
  return isProcess
}

const isGlobal = (node: Node): boolean => node.type === 'Identifier' && (node.name === 'globalThis' || node.name === 'global')

const readsEnv = (node: Node, isProcess: IsProcess): boolean => {
  if (node.type === 'MemberExpression') return isProcess(node.object) && keyOf(node.property, node.computed) === 'env'
  const [pattern, value] =
    node.type === 'VariableDeclarator'
      ? [node.id, node.init]
      : node.type === 'AssignmentExpression'
        ? [node.left, node.right]
        : [null, null]
  if (pattern?.type !== 'ObjectPattern' || !isProcess(value)) return false
  return pattern.properties.some((one) => one.type === 'RestElement' || keyOf(one.key, one.computed) === 'env')
}

const checkFile = ({ path, nodes, lineAt }: SourceFile): Violation[] => {
  const isProcess = processAs(new Set(['process', ...nodes.flatMap((node) => importsOf(node).processes)]))
  return nodes
    .filter((node) => readsEnv(node, isProcess) || importsOf(node).isEnv)
    .map(({ start }) => ({
      rule: '7' as const,
      path,
      line: lineAt(start),
      problem: 'process.env is read outside config/',
      mend: 'Add a row to config/settings.ts and take its value as an argument',
    }))
}

const mayRead = (path: string): boolean => path.startsWith('server/src/config/') || isTestCode(path) || /\.config\.[cm]?[jt]s$/.test(path)

/** Rule 7, the environment: it becomes configuration in one place. */
export const checkEnvironment = ({ files }: Project): Violation[] => files.filter(({ path }) => !mayRead(path)).flatMap(checkFile)
