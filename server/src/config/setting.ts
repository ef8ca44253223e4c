import type { SettingType } from './types.ts'

/** One row per setting: the environment's name, type, default (none: absent until set), secrecy, and one sentence for the documentation. */
export type Setting<T, Fallback> = {
  readonly name: string
  readonly type: SettingType<T>
  readonly fallback: Fallback
  readonly isSecret: boolean
  readonly help: string
}

type Row<T> = { readonly name: string; readonly type: SettingType<T>; readonly help: string }

export const row = <T>(input: Row<T> & { readonly fallback: NoInfer<T> }): Setting<T, T> => ({ ...input, isSecret: false })
export const optional = <T>(input: Row<T>): Setting<T, undefined> => ({ ...input, fallback: undefined, isSecret: false })
export const secret = <T>(input: Row<T>): Setting<T, undefined> => ({ ...input, fallback: undefined, isSecret: true })
