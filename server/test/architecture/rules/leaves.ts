import { type Project, productFiles } from '../project.ts'
import type { Import } from '../source-file.ts'
import type { Violation } from '../violation.ts'

const leaves = [
  {
    folder: 'platform/',
    isAllowed: ({ specifier }: Import) => specifier.startsWith('node:'),
    problem: 'platform imports more than node: and itself',
    mend: 'Take it as an argument, or move the file to the slice that needs it',
  },
  {
    folder: 'oauth/core/',
    isAllowed: ({ specifier }: Import) => specifier === 'jose' || specifier.startsWith('jose/') || specifier === 'node:crypto',
    problem: 'oauth/core imports more than itself, jose and node:crypto',
    mend: 'Declare a port in ports.ts and let oauth/store or oauth/endpoints bring it',
  },
]

/** Rule 1: platform and oauth/core are leaves. */
export const checkLeaves = (project: Project): Violation[] =>
  productFiles(project).flatMap(({ file, place }) =>
    leaves
      .filter(({ folder }) => place.inner.startsWith(folder))
      .flatMap(({ folder, isAllowed, problem, mend }) =>
        file.imports
          .filter((one) => !one.target?.startsWith(`server/src/${folder}`) && !isAllowed(one))
          .map(({ specifier, line }) => ({ rule: '1' as const, path: file.path, line, problem: `${problem} ("${specifier}")`, mend })),
      ),
  )
