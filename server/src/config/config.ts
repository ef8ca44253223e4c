import { readFileSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { deriveKey } from '../platform/digest.ts'
import { Problem } from '../platform/problem.ts'
import { unsafeCombinations } from './combinations.ts'
import { loadSecretKey } from './secret-key.ts'
import { type Settings, settingRows } from './settings.ts'

/** The settings and what follows from them. `key(purpose)` is a 32-byte key derived from the installation's secret. */
export type Config = Settings & {
  readonly dataDir: string
  readonly publicUrl: string
  readonly isTest: boolean
  readonly isProduction: boolean
  readonly version: string
  readonly isPublicUrlSet: boolean
  readonly isManagementPortSet: boolean
  readonly key: (purpose: string) => Buffer
}

/** All that is wrong with the settings, each with what to do about it. */
export class ConfigError extends Problem {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(
      `The settings have ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    )
    this.problems = problems
  }
}

type Environment = Readonly<Record<string, string | undefined>>

export const checkoutRoot = fileURLToPath(new URL('../../../', import.meta.url))

const readText = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** The process environment over the file `.env` of the checkout. */
export const processEnvironment = (): Environment => {
  const file = readText(join(checkoutRoot, '.env'))
  return { ...(file === undefined ? {} : parseEnv(file)), ...process.env }
}

const rawValue = (environment: Environment, name: string, problems: string[]): string | undefined => {
  const direct = environment[name]
  const fileName = environment[`${name}_FILE`]
  if (fileName === undefined || fileName === '') return direct === '' ? undefined : direct
  if (direct !== undefined && direct !== '') {
    problems.push(`${name} and ${name}_FILE are both set. Keep one of them.`)
    return undefined
  }
  const content = readText(fileName)
  if (content === undefined) problems.push(`${name}_FILE names a file that cannot be read. Check its path and permissions.`)
  return content?.trim()
}

const closest = (name: string): string => {
  const words = new Set(name.split('_'))
  const scored = settingRows.map(([, { name: known }]) => ({ known, score: known.split('_').filter((word) => words.has(word)).length }))
  const best = scored.sort((left, right) => right.score - left.score)[0]
  return best && best.score > 1 ? ` Did you mean ${best.known}?` : ''
}

const unknownNames = (environment: Environment): string[] => {
  const known = new Set(settingRows.flatMap(([, { name, isSecret }]) => (isSecret ? [name, `${name}_FILE`] : [name])))
  return Object.keys(environment)
    .filter((name) => name.startsWith('CIP_') && !known.has(name))
    .map((name) => `${name} is not a setting.${closest(name)} Remove it, or look it up in docs/settings.md.`)
}

const parseRows = (environment: Environment, problems: string[]): Record<string, unknown> => {
  const values: Record<string, unknown> = {}
  for (const [key, setting] of settingRows) {
    const raw = setting.isSecret ? rawValue(environment, setting.name, problems) : environment[setting.name] || undefined
    const parsed = raw === undefined ? undefined : setting.type.parse(raw)
    if (parsed?.ok === false)
      problems.push(`${setting.name} must be ${parsed.expected}${setting.isSecret ? '' : `, not "${raw?.slice(0, 80)}"`}.`)
    values[key] = parsed?.ok ? parsed.value : setting.fallback
  }
  return values
}

export const packageVersion: string = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version

/** Reads, checks and freezes the settings; throws `ConfigError` with every problem at once. */
export const loadConfig = (environment: Environment = processEnvironment()): Config => {
  const problems = unknownNames(environment)
  const values = parseRows(environment, problems) as Settings
  const dataDir = isAbsolute(values.dataDir) ? values.dataDir : resolve(checkoutRoot, values.dataDir)
  const geoipDatabase = values.geoipDatabase && resolve(checkoutRoot, values.geoipDatabase)
  const mode = { isTest: environment['NODE_ENV'] === 'test', isProduction: environment['NODE_ENV'] === 'production' }
  problems.push(...unsafeCombinations({ ...values, ...mode }))
  if (problems.length > 0) throw new ConfigError(problems)
  const secret = values.secretKey ?? loadSecretKey(dataDir)
  const derived = new Map<string, Buffer>()
  const key = (purpose: string): Buffer => {
    const made = derived.get(purpose) ?? deriveKey(secret, purpose)
    derived.set(purpose, made)
    return made
  }
  const publicUrl = values.publicUrl ?? `http://127.0.0.1:${values.port}`
  const derivedFacts = {
    isPublicUrlSet: values.publicUrl !== undefined,
    isManagementPortSet: environment['CIP_MANAGEMENT_PORT'] !== undefined,
  }
  return Object.freeze({
    ...values,
    ...derivedFacts,
    ...mode,
    dataDir,
    geoipDatabase,
    publicUrl,
    version: packageVersion,
    secretKey: undefined,
    key,
  })
}
