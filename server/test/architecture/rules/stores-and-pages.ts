import { type Edge, type Project, productEdges, productFiles } from '../project.ts'
import type { Violation } from '../violation.ts'

const problemOfStore = ({ from, to }: Edge): string | undefined => {
  if (to.role === 'routes' || to.role === 'admin.routes') return 'a store imports routes'
  if (to.top === 'pages') return 'a store imports pages'
  if (to.role === 'job' || to.top === 'jobs') return 'a store imports jobs'
  return to.role === 'store' && to.slice !== from.slice ? "a store imports another slice's store" : undefined
}

const checkStores = (project: Project): Violation[] =>
  productEdges(project).flatMap((edge) => {
    const problem = edge.from.role === 'store' ? problemOfStore(edge) : undefined
    const mend = 'Return what the caller needs and let the caller, or compose.ts, join the two'
    return problem === undefined ? [] : [{ rule: '3' as const, path: edge.path, line: edge.imported.line, problem, mend }]
  })

const mayPageImport = (target: string | undefined): boolean =>
  target === 'server/src/platform/html.ts' || (target?.startsWith('server/src/pages/') ?? false)

const checkPages = (project: Project): Violation[] =>
  productFiles(project)
    .filter(({ place }) => place.top === 'pages' && place.role === '')
    .flatMap(({ file }) =>
      file.imports
        .filter(({ target }) => !mayPageImport(target))
        .map(({ specifier, line }) => ({
          rule: '3' as const,
          path: file.path,
          line,
          problem: `a page imports more than platform/html and pages ("${specifier}")`,
          mend: 'Put what it shows into its model, a plain value',
        })),
    )

/** Rule 3: stores know no callers and no other store; pages are functions of their model. */
export const checkStoresAndPages = (project: Project): Violation[] => [...checkStores(project), ...checkPages(project)]
