import { posix } from 'node:path'
import { type Node, parseSync, visitorKeys } from 'oxc-parser'

export type Source = { readonly path: string; readonly source: string }

/** `target` is the repository path that a relative specifier names, whether or not a file is there; undefined for packages and `node:`. */
export type Import = {
  readonly specifier: string
  readonly target: string | undefined
  readonly line: number
  readonly isTypeOnly: boolean
}

export type SourceFile = {
  readonly path: string
  readonly lines: number
  readonly isGenerated: boolean
  readonly imports: readonly Import[]
  readonly nodes: readonly Node[]
  readonly lineAt: (offset: number) => number
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

const childrenOf = (node: Node): Node[] => {
  const members = node as unknown as Record<string, unknown>
  return (visitorKeys[node.type] ?? []).flatMap((key) => {
    const value = members[key]
    return (Array.isArray(value) ? value : [value]).filter(isNode)
  })
}

const everyNode = (root: Node): Node[] => {
  const found: Node[] = []
  const waiting: Node[] = [root]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    found.push(node)
    waiting.push(...childrenOf(node).reverse())
  }
  return found
}

/** The text of a string literal or of a template without placeholders. */
export const literalText = (node: Node | null | undefined): string | undefined => {
  if (node?.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? undefined
  return undefined
}

const importedBy = (node: Node): { specifier: string | undefined; isTypeOnly: boolean } | undefined => {
  switch (node.type) {
    case 'ImportDeclaration': {
      const isEachType =
        node.specifiers.length > 0 && node.specifiers.every((one) => one.type === 'ImportSpecifier' && one.importKind === 'type')
      return { specifier: node.source.value, isTypeOnly: node.importKind === 'type' || isEachType }
    }
    case 'ExportAllDeclaration':
      return { specifier: node.source.value, isTypeOnly: node.exportKind === 'type' }
    case 'ExportNamedDeclaration':
      return node.source === null ? undefined : { specifier: node.source.value, isTypeOnly: node.exportKind === 'type' }
    case 'ImportExpression':
      return { specifier: literalText(node.source), isTypeOnly: false }
    case 'TSImportType':
      return { specifier: literalText(node.source), isTypeOnly: true }
    case 'CallExpression':
      return node.callee.type === 'Identifier' && node.callee.name === 'require'
        ? { specifier: literalText(node.arguments[0]), isTypeOnly: false }
        : undefined
    default:
      return undefined
  }
}

const resolve = (path: string, specifier: string): string | undefined =>
  specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier.replace(/[?#].*$/, '')) : undefined

const lineFinder = (source: string): ((offset: number) => number) => {
  const breaks = [...source.matchAll(/\n/g)].map(({ index }) => index)
  return (offset) => {
    const after = breaks.findIndex((index) => index >= offset)
    return (after === -1 ? breaks.length : after) + 1
  }
}

const generatedMark = /^\s*(\/\/|\/\*).*\bgenerated\b/i

/** Parses one file. Throws with the parser's words when it is not valid TypeScript or JavaScript. */
export const parseSourceFile = ({ path, source }: Source): SourceFile => {
  const parsed = parseSync(path, source, { sourceType: 'module' })
  const error = parsed.errors.find(({ severity }) => severity === 'Error')
  if (error) throw new Error(`${path} cannot be parsed: ${error.message}`)
  const lineAt = lineFinder(source)
  const nodes = everyNode(parsed.program)
  const imports = nodes.flatMap((node) => {
    const { specifier, isTypeOnly = false } = importedBy(node) ?? {}
    return specifier === undefined ? [] : [{ specifier, target: resolve(path, specifier), line: lineAt(node.start), isTypeOnly }]
  })
  const lines = source.replace(/\n$/, '').split('\n').length
  const isGenerated = path === 'server/src/db/types.ts' || generatedMark.test(source.slice(0, 400).split('\n', 1)[0] ?? '')
  return { path, lines, isGenerated, imports, nodes, lineAt }
}
