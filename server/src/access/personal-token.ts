import { type Handle, makeHandle, readHandle } from '../platform/handle.ts'
import { newId } from '../platform/ids.ts'

const prefix = 'cip_pat_'

/** A new personal access token: shown once, kept as SHA-256. */
export const makePersonalToken = (): { readonly id: string; readonly text: string; readonly hash: Buffer } => {
  const id = newId()
  return { id, ...makeHandle(prefix, id) }
}

export const isPersonalToken = (text: string): boolean => text.startsWith(prefix)

export const readPersonalToken = (text: string): Handle | undefined => readHandle(prefix, text)
