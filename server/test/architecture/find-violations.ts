import { type Project, parseProject } from './project.ts'
import { checkArtefacts } from './rules/artefacts.ts'
import { checkComposition } from './rules/composition.ts'
import { checkCycles } from './rules/cycles.ts'
import { checkDrivers } from './rules/drivers.ts'
import { checkEnvironment } from './rules/environment.ts'
import { checkFolders } from './rules/folders.ts'
import { checkLeaves } from './rules/leaves.ts'
import { checkNames } from './rules/names.ts'
import { checkPurity } from './rules/purity.ts'
import { checkSizes } from './rules/sizes.ts'
import { checkSlices } from './rules/slices.ts'
import { checkStoresAndPages } from './rules/stores-and-pages.ts'
import type { Source } from './source-file.ts'
import type { Violation } from './violation.ts'

const checks: readonly ((project: Project) => Violation[])[] = [
  checkLeaves,
  checkDrivers,
  checkStoresAndPages,
  checkSlices,
  checkComposition,
  checkArtefacts,
  checkCycles,
  checkFolders,
  checkEnvironment,
  checkSizes,
  checkNames,
  checkPurity,
]

/** Every breach of architecture.md sections 2 and 6 in a list of files, whose paths start at the root of the repository. */
export const findViolations = (sources: readonly Source[]): Violation[] => {
  const project = parseProject(sources)
  return checks.flatMap((check) => check(project))
}
