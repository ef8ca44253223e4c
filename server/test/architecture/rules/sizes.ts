import type { Node } from 'oxc-parser'
import { isTestCode } from '../place.ts'
import type { Project } from '../project.ts'
import type { SourceFile } from '../source-file.ts'
import type { Violation } from '../violation.ts'

const fileLinesMax = (path: string): number => ({ 'server/src/main.ts': 40, 'server/src/compose.ts': 200 })[path] ?? 300
const functionLinesMax = 50
const parametersMax = 3

const checkFileLength = ({ path, lines }: SourceFile): Violation[] =>
  lines <= fileLinesMax(path)
    ? []
    : [
        {
          rule: '8',
          path,
          line: lines,
          problem: `the file has ${lines} lines, ${fileLinesMax(path)} are allowed`,
          mend: 'Split it by noun or by step',
        },
      ]

const parametersOf = (node: Node): readonly Node[] | undefined => {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'TSDeclareFunction':
    case 'TSEmptyBodyFunctionExpression':
    case 'TSFunctionType':
    case 'TSMethodSignature':
    case 'TSCallSignatureDeclaration':
      return node.params
    default:
      return undefined
  }
}

const isThis = (node: Node): boolean => node.type === 'Identifier' && node.name === 'this'

const checkParameters = (file: SourceFile): Violation[] =>
  file.nodes.flatMap((node) => {
    const count = parametersOf(node)?.filter((one) => !isThis(one)).length ?? 0
    if (count <= parametersMax) return []
    const at = { rule: '8' as const, path: file.path, line: file.lineAt(node.start) }
    return [{ ...at, problem: `a function takes ${count} parameters, ${parametersMax} are allowed`, mend: 'Take one object' }]
  })

const isFunction = (node: Node): boolean =>
  node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'

/** The callback of `describe` is a list of tests, not a function to be read as one. */
const suitesOf = (file: SourceFile): Set<Node> =>
  new Set(
    file.nodes.flatMap((node) =>
      isTestCode(file.path) &&
      node.type === 'CallExpression' &&
      node.callee.type === 'Identifier' &&
      /^(describe|suite)$/.test(node.callee.name)
        ? node.arguments
        : [],
    ),
  )

const checkFunctionLength = (file: SourceFile): Violation[] => {
  const suites = suitesOf(file)
  return file.nodes
    .filter((node) => isFunction(node) && !suites.has(node))
    .flatMap((node) => {
      const line = file.lineAt(node.start)
      const length = file.lineAt(node.end) - line + 1
      if (length <= functionLinesMax) return []
      const problem = `a function has ${length} lines, ${functionLinesMax} are allowed`
      return [{ rule: '8' as const, path: file.path, line, problem, mend: 'Give each of its steps a name' }]
    })
}

const checkAny = ({ path, nodes, lineAt }: SourceFile): Violation[] =>
  nodes
    .filter(({ type }) => type === 'TSAnyKeyword')
    .map(({ start }) => ({
      rule: '8' as const,
      path,
      line: lineAt(start),
      problem: 'a type is any',
      mend: 'Write the type, or unknown and a check',
    }))

/** Rule 8: what does not fit on a screen is not reviewed. */
export const checkSizes = ({ files }: Project): Violation[] =>
  files
    .filter(({ isGenerated }) => !isGenerated)
    .flatMap((file) => [...checkFileLength(file), ...checkParameters(file), ...checkFunctionLength(file), ...checkAny(file)])
