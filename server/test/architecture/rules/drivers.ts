import { isRoutes, isStore, type Place } from '../place.ts'
import { isPackage, type Project, productFiles } from '../project.ts'
import type { Import } from '../source-file.ts'
import type { Violation } from '../violation.ts'

type Driver = {
  readonly problem: string
  readonly mend: string
  readonly is: (one: Import) => boolean
  readonly mayUse: (place: Place) => boolean
}

const pathOf = ({ inner }: Place): string => `server/src/${inner}`

const drivers: readonly Driver[] = [
  {
    problem: 'SQL is spoken outside *.store.ts and db/',
    mend: 'Move the statement into the *.store.ts of its slice and call that',
    is: ({ specifier }) => isPackage(specifier, 'kysely') || isPackage(specifier, 'pg'),
    mayUse: (place) => place.top === 'db' || isStore(pathOf(place)),
  },
  {
    problem: 'HTTP is spoken outside *.routes.ts, http/ and compose.ts',
    mend: 'Move the endpoint into a *.routes.ts of its slice, or pass the value in as an argument',
    is: ({ specifier, target }) => /^(@fastify\/|fastify($|[/-]))/.test(specifier) || (target?.startsWith('server/src/http/') ?? false),
    mayUse: (place) => place.top === 'http' || place.top === 'compose' || isRoutes(pathOf(place)),
  },
]

/** Rule 2: the database driver and the HTTP server each have their files. */
export const checkDrivers = (project: Project): Violation[] =>
  productFiles(project).flatMap(({ file, place }) =>
    drivers
      .filter(({ mayUse }) => !mayUse(place))
      .flatMap(({ is, problem, mend }) =>
        file.imports
          .filter(is)
          .map(({ specifier, line }) => ({ rule: '2' as const, path: file.path, line, problem: `${problem} ("${specifier}")`, mend })),
      ),
  )
