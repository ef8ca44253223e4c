import { readdirSync, readFileSync } from 'node:fs'

const ticksPerSecond = 100
const microsecondsPerTick = 1_000_000 / ticksPerSecond

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Fields of proc(5) stat from the third on: the name before them may hold spaces. */
const statOf = (pid: number): readonly string[] => {
  const text = readText(`/proc/${pid}/stat`)
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

const field = { parent: 1, user: 11, system: 12, childrenUser: 13, childrenSystem: 14 } as const

const childrenOf = (): ReadonlyMap<number, number[]> => {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    const parent = Number(statOf(pid)[field.parent])
    children.set(parent, [...(children.get(parent) ?? []), pid])
  }
  return children
}

/** A process and all that came from it, itself first. */
export const treeOf = (pid: number): number[] => {
  const children = childrenOf()
  const tree = [pid]
  for (const member of tree) tree.push(...(children.get(member) ?? []))
  return tree
}

const ticks = (pid: number, fields: readonly number[]): number => {
  const stat = statOf(pid)
  return fields.reduce((sum, index) => sum + (Number(stat[index]) || 0), 0)
}

/** CPU microseconds of one process with all its threads. */
export const cpuOf = (pid: number): number => ticks(pid, [field.user, field.system]) * microsecondsPerTick

/** CPU microseconds of a process and its children, those that have exited included. */
export const cpuOfTree = (pid: number): number =>
  treeOf(pid).reduce((sum, member) => sum + ticks(member, [field.user, field.system, field.childrenUser, field.childrenSystem]), 0) *
  microsecondsPerTick

/** Resident memory in MB; `pss` counts a page that is shared by n processes as one nth. */
export type Memory = { readonly rss: number; readonly pss: number }

const kilobytes = (text: string, name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0)

export const memoryOf = (pids: readonly number[]): Memory => {
  const rss = pids.reduce((sum, pid) => sum + kilobytes(readText(`/proc/${pid}/status`), 'VmRSS'), 0)
  const pss = pids.reduce((sum, pid) => sum + kilobytes(readText(`/proc/${pid}/smaps_rollup`), 'Pss'), 0)
  return { rss: rss / 1024, pss: pss / 1024 }
}
