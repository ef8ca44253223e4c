import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { randomText } from '../platform/random.ts'
import { type Config, checkoutRoot, loadConfig, processEnvironment } from './config.ts'
import { secretKeyPath } from './secret-key.ts'
import { type SettingKey, settingRows } from './settings.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Where the installation's secret is: `file` is its path in the data directory, whether it is there or not. */
export type InstallationSecret = {
  readonly kind: 'environment' | 'file' | 'none'
  readonly secret: string | undefined
  readonly file: string
}

const given = (environment: Environment, name: string): string | undefined => {
  const direct = environment[name]
  if (direct !== undefined && direct !== '') return direct
  const file = environment[`${name}_FILE`]
  return file === undefined || file === '' ? undefined : readFileSync(file, 'utf8').trim()
}

/** Reads the installation's secret and makes none. */
export const installationSecret = (environment: Environment = processEnvironment()): InstallationSecret => {
  const dataDir = environment['DATA_DIR'] || 'data'
  const file = secretKeyPath(isAbsolute(dataDir) ? dataDir : resolve(checkoutRoot, dataDir))
  const fromEnvironment = given(environment, 'SECRET_KEY')
  if (fromEnvironment !== undefined) return { kind: 'environment', secret: fromEnvironment, file }
  if (existsSync(file)) return { kind: 'file', secret: readFileSync(file, 'utf8').trim(), file }
  return { kind: 'none', secret: undefined, file }
}

const isSecretAbsent = (environment: Environment): boolean =>
  !environment['SECRET_KEY'] && !environment['SECRET_KEY_FILE'] && installationSecret(environment).kind === 'none'

/** The settings without a trace: where no secret was made yet, one for this process alone stands in for it. */
export const inspectConfig = (environment: Environment = processEnvironment()): Config =>
  loadConfig(isSecretAbsent(environment) ? { ...environment, SECRET_KEY: randomText(48) } : environment)

export type SettingInForce = {
  readonly name: string
  /** As it would be written in the environment; for a secret only `set` or `not set`. */
  readonly value: string
  readonly source: 'environment' | 'file' | '.env' | 'default'
}

const envFileNames = (): string => {
  const path = join(checkoutRoot, '.env')
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

const sourceOf = (name: string, environment: Environment, envFile: string): SettingInForce['source'] => {
  const isSet = (key: string): boolean => environment[key] !== undefined && environment[key] !== ''
  if (isSet(`${name}_FILE`)) return 'file'
  if (!isSet(name)) return 'default'
  const isInProcess = process.env[name] !== undefined && process.env[name] !== ''
  return !isInProcess && new RegExp(`^\\s*(export\\s+)?${name}\\s*=`, 'm').test(envFile) ? '.env' : 'environment'
}

/** Every setting with its value in force and where that comes from. */
export const settingsInForce = (config: Config, environment: Environment = processEnvironment()): SettingInForce[] => {
  const envFile = envFileNames()
  return settingRows.map(([key, { name, type, isSecret }]) => {
    const source = sourceOf(name, environment, envFile)
    const value = config[key as SettingKey] as unknown
    const shown = isSecret ? (source === 'default' ? 'not set' : 'set') : value === undefined ? '' : type.print(value)
    return { name, value: shown, source }
  })
}
