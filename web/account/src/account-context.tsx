import type { Brand } from '@custom-identity-platform/kit/brand.ts'
import type { AccountClient } from '@custom-identity-platform/sdk'
import { createContext, useContext } from 'react'
import type { Account } from './account.ts'
import type { Messages, Spoken, Tag } from './messages/messages.ts'

type Portal = Spoken & {
  readonly account: Account
  readonly brand: Brand
  /** Speaks another language from now on; null for the one that the browser asks for. */
  readonly speakIn: (language: string | null) => Promise<void>
}

const Context = createContext<Portal | undefined>(undefined)

export const AccountProvider = Context

const useContextValue = () => {
  const value = useContext(Context)
  if (value === undefined) throw new Error('This part of the portal stands outside of its provider.')
  return value
}

export const useAccount = (): Account => useContextValue().account
export const useApi = (): AccountClient => useContextValue().account.api
export const useBrand = (): Brand => useContextValue().brand
export const useMessages = (): Messages => useContextValue().messages
export const useLanguage = (): Tag => useContextValue().language
export const useSpeakIn = () => useContextValue().speakIn
