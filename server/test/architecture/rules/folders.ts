import type { Project } from '../project.ts'
import type { Violation } from '../violation.ts'

const vague = new Set(['utils', 'helpers', 'common', 'misc', 'lib', 'shared'])

/** Rule 7, folders: a name that says nothing attracts everything. */
export const checkFolders = ({ files }: Project): Violation[] =>
  files.flatMap(({ path }) => {
    const folder = path
      .split('/')
      .slice(0, -1)
      .find((name) => vague.has(name.toLowerCase()))
    if (folder === undefined) return []
    const mend = 'Name it after what it does; a leaf without a slice belongs in platform'
    return [{ rule: '7' as const, path, line: 1, problem: `a folder is named ${folder}`, mend }]
  })
