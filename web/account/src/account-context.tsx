import type { Brand } from '@custom-identity-platform/kit/brand.ts'
import type { AccountClient } from '@custom-identity-platform/sdk'
import { createContext, useContext } from 'react'
import type { Account } from './account.ts'
import type { Messages, Spoken, Tag } from './messages/messages.ts'

export type PortalContext = Spoken & {
  readonly account: Account
  readonly brand: Brand
  /** Speaks another language from now on; null for the one that the browser asks for. */
  readonly speakIn: (language: string | null) => Promise<void>
}

const Context = createContext<PortalContext | undefined>(undefined)

export const AccountProvider = Context

/** Everything at once, for who puts more words into it. */
export const usePortal = (): PortalContext => {
  const value = useContext(Context)
  if (value === undefined) throw new Error('This part of the portal stands outside of its provider.')
  return value
}

export const useAccount = (): Account => usePortal().account
export const useApi = (): AccountClient => usePortal().account.api
export const useBrand = (): Brand => usePortal().brand
export const useMessages = (): Messages => usePortal().messages
export const useLanguage = (): Tag => usePortal().language
export const useSpeakIn = () => usePortal().speakIn
