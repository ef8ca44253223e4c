import { readFile } from 'node:fs/promises'
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, stringify } from 'yaml'
import { type ConfigDocument, type ConfigProblem, problemsOfFile, readConfig } from '../compose-config.ts'
import { isStorable } from '../platform/storable.ts'
import { CliError } from './errors.ts'
import { plain } from './output.ts'

/** A configuration file, and where in it a place of the document stands. */
export type ConfigFile = { readonly document: ConfigDocument; readonly whereIs: (at: readonly string[]) => string }

const fileBytesMax = 8 * 1024 * 1024
const problemsShown = 50

const readText = async (path: string): Promise<string> => {
  try {
    const bytes = await readFile(path)
    if (bytes.length > fileBytesMax) throw new CliError(`The file has more than ${fileBytesMax} bytes. Split it.`)
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof CliError) throw error
    const code = (error as NodeJS.ErrnoException).code ?? 'not UTF-8'
    throw new CliError(`The file ${plain(path)} cannot be read (${code}). Check its path and permissions.`)
  }
}

// As far as the place is there: what is missing is told where it should stand.
const offsetOf = (document: Document, at: readonly string[]): number => {
  let [node, offset]: [unknown, number] = [document.contents, 0]
  for (const part of at) {
    const inner = isAlias(node) ? node.resolve(document) : node
    if (isMap(inner)) {
      const pair = inner.items.find(({ key }) => isScalar(key) && String(key.value) === part)
      if (pair === undefined) break
      node = pair.value
      offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset
    } else if (isSeq(inner)) {
      node = inner.items[Number(part)]
      if (isScalar(node) || isMap(node)) offset = node.range?.[0] ?? offset
    } else break
  }
  return offset
}

/** The error that tells every problem with its line and column. */
export const problemsError = ({ whereIs }: Pick<ConfigFile, 'whereIs'>, problems: readonly ConfigProblem[]): CliError => {
  const lines = problems.slice(0, problemsShown).map(({ at, sentence }) => {
    const name = at.length === 0 ? '' : `${plain(at.join(' › '))}: `
    return `${whereIs(at)}: ${name}${plain(sentence)}`
  })
  const rest = problems.length - lines.length
  return new CliError([...lines, ...(rest > 0 ? [`... and ${rest} more.`] : []), 'Nothing was changed.'].join('\n'))
}

/** Reads a file of YAML or JSON, which YAML holds, and checks its form. */
export const readConfigFile = async (path: string): Promise<ConfigFile> => {
  const counter = new LineCounter()
  const parsed = parseDocument(await readText(path), { lineCounter: counter, stringKeys: true, prettyErrors: false, schema: 'core' })
  const place = (offset: number): string => {
    const { line, col } = counter.linePos(offset)
    return `${plain(path)}:${line}:${col}`
  }
  const file = { whereIs: (at: readonly string[]) => place(offsetOf(parsed, at)) }
  const [wrong] = [...parsed.errors, ...parsed.warnings]
  if (wrong !== undefined) throw new CliError(`${place(wrong.pos[0])}: ${plain(wrong.message)}. Nothing was changed.`)
  const given: unknown = parsed.toJS({ maxAliasCount: 100 })
  if (!isStorable(given)) throw new CliError('The file must be nested in at most 32 levels and hold no U+0000. Nothing was changed.')
  const read = readConfig(given)
  const problems = read.kind === 'refused' ? read.problems : problemsOfFile(read.document)
  if (read.kind === 'refused' || problems.length > 0) throw problemsError(file, problems)
  return { ...file, document: read.document }
}

/** A document as a file of YAML. */
export const yamlOf = (value: unknown): string => stringify(value, { lineWidth: 0 }).trimEnd()
