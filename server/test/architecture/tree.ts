import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Source } from './source-file.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const roots = ['server/src', 'server/test', 'server/bench', 'web', 'sdk', 'e2e']
const skipped = new Set(['node_modules', 'dist', 'data', 'artefacts', 'test-results'])
const code = /\.([cm]?[jt]s|[jt]sx)$/

const filesBelow = (folder: string): string[] => {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return skipped.has(entry.name) || entry.name.startsWith('.') ? [] : filesBelow(path)
      return entry.isFile() && code.test(entry.name) ? [path] : []
    })
  } catch (error) {
    // A root that does not exist yet, or a file that went while the tree was read, is no breach.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Every code file of the checkout that the rules speak of, untracked ones too. */
export const readTree = (): Source[] => roots.flatMap(filesBelow).map((path) => ({ path, source: readFileSync(join(root, path), 'utf8') }))
