import type { Project } from '../project.ts'
import type { Import, SourceFile } from '../source-file.ts'
import type { Violation } from '../violation.ts'

const endings = ['', '.ts', '.tsx', '/index.ts', '/index.tsx']

type Graph = ReadonlyMap<string, readonly { readonly to: string; readonly line: number }[]>

const graphOf = ({ files }: Project): Graph => {
  const known = new Set(files.map(({ path }) => path))
  const targetOf = ({ target = '' }: Import): string | undefined => endings.map((ending) => target + ending).find((path) => known.has(path))
  const edgesOf = ({ imports }: SourceFile) =>
    imports.flatMap((one) => {
      const to = targetOf(one)
      return to === undefined ? [] : [{ to, line: one.line }]
    })
  return new Map(files.map((file) => [file.path, edgesOf(file)]))
}

/** The shortest way from a file back to itself, without the file at its end. */
const wayBack = (graph: Graph, start: string): string[] | undefined => {
  const previous = new Map<string, string>()
  const waiting = [start]
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    for (const { to } of graph.get(path) ?? []) {
      if (to === start) {
        const way = [path]
        for (let before = previous.get(path); before !== undefined; before = previous.get(before)) way.unshift(before)
        return way
      }
      if (previous.has(to)) continue
      previous.set(to, path)
      waiting.push(to)
    }
  }
  return undefined
}

/** Rule 7, cycles: each is reported once, at the first of its files. Imports of types count: they tie files together as firmly. */
export const checkCycles = (project: Project): Violation[] => {
  const graph = graphOf(project)
  const reported = new Set<string>()
  return [...graph.keys()].sort().flatMap((start) => {
    const way = reported.has(start) ? undefined : wayBack(graph, start)
    if (way === undefined) return []
    for (const path of way) reported.add(path)
    const line = graph.get(start)?.find(({ to }) => to === (way[1] ?? start))?.line ?? 1
    const problem = `files import each other: ${[...way, start].join(' -> ')}`
    return [{ rule: '7' as const, path: start, line, problem, mend: 'Move what both need into a third file, or pass it as an argument' }]
  })
}
