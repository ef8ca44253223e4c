import { hmacSha256 } from '../platform/digest.ts'
import type { Config } from './config.ts'
import { settingRows } from './settings.ts'

const ignored = new Set(['SECRET_KEY', 'CIP_FAILPOINT', 'PORT', 'HOST', 'DATA_DIR'])

/** Every setting as text, secrets as a keyed digest: enough to see at the next start which ones changed. */
export const settingsSnapshot = (config: Config): Record<string, string> =>
  Object.fromEntries(
    settingRows
      .filter(([, { name }]) => !ignored.has(name))
      .map(([key, setting]) => {
        const value = config[key as keyof Config]
        const text = value === undefined ? '' : setting.type.print(value)
        return [setting.name, setting.isSecret && text !== '' ? hmacSha256(config.key('settings'), text).toString('base64url') : text]
      }),
  )

export const changedSettings = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): string[] =>
  Object.keys(after).filter((name) => before[name] !== undefined && before[name] !== after[name])
