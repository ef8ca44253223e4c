import { type Place, placeOf } from './place.ts'
import { type Import, parseSourceFile, type Source, type SourceFile } from './source-file.ts'

export type Project = { readonly files: readonly SourceFile[] }

export type PlacedFile = { readonly file: SourceFile; readonly place: Place }

/** An import from one place of `server/src` to another. */
export type Edge = { readonly path: string; readonly from: Place; readonly to: Place; readonly imported: Import }

export const parseProject = (sources: readonly Source[]): Project => ({ files: sources.map(parseSourceFile) })

/** The files of `server/src` that are part of the product. */
export const productFiles = ({ files }: Project): PlacedFile[] =>
  files.flatMap((file) => {
    const place = placeOf(file.path)
    return place === undefined || place.isTest ? [] : [{ file, place }]
  })

export const productEdges = (project: Project): Edge[] =>
  productFiles(project).flatMap(({ file, place }) =>
    file.imports.flatMap((imported) => {
      const to = imported.target === undefined ? undefined : placeOf(imported.target)
      return to === undefined ? [] : [{ path: file.path, from: place, to, imported }]
    }),
  )

/** Whether a specifier names the package itself or a path in it. */
export const isPackage = (specifier: string, name: string): boolean => specifier === name || specifier.startsWith(`${name}/`)
