import { placeOf } from '../place.ts'
import type { Project } from '../project.ts'
import type { SourceFile } from '../source-file.ts'
import type { Violation } from '../violation.ts'

const outermost = new Set(['auth-api', 'scim', 'admin'])

const mayCompose = (path: string): boolean => /^server\/(src\/(main\.ts$|cli\/)|test\/|bench\/)/.test(path)

const checkFile = ({ path, imports }: SourceFile): Violation[] =>
  imports.flatMap(({ target, line }) => {
    const to = target === undefined ? undefined : placeOf(target)
    const from = placeOf(path)
    const at = { rule: '5' as const, path, line }
    if (to?.top === 'compose' && from?.top !== 'compose' && !mayCompose(path)) {
      return [
        {
          ...at,
          problem: `${to.inner} is imported`,
          mend: 'Take what it makes as an argument; a test starts the server through server/test',
        },
      ]
    }
    const isForeign = from !== undefined && to !== undefined && outermost.has(to.top) && from.top !== to.top
    if (isForeign && from.top !== 'compose') {
      return [
        {
          ...at,
          problem: `${to.top} is imported by ${from.slice}`,
          mend: 'Only compose.ts mounts it: move what is shared to an earlier slice',
        },
      ]
    }
    return []
  })

/** Rule 5: the composition root is entered from outside alone, and it alone knows the outermost slices. */
export const checkComposition = ({ files }: Project): Violation[] => files.flatMap(checkFile)
