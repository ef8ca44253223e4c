import type { AccountClient } from '@custom-identity-platform/sdk'
import { createContext, useContext } from 'react'
import type { Account } from './account.ts'
import type { Messages, Spoken } from './messages/messages.ts'

const Context = createContext<(Spoken & { readonly account: Account }) | undefined>(undefined)

export const AccountProvider = Context

const useContextValue = () => {
  const value = useContext(Context)
  if (value === undefined) throw new Error('This part of the portal stands outside of its provider.')
  return value
}

export const useAccount = (): Account => useContextValue().account
export const useApi = (): AccountClient => useContextValue().account.api
export const useMessages = (): Messages => useContextValue().messages
export const useLanguage = (): string => useContextValue().language
