import type { Brand } from '@custom-identity-platform/kit/brand.ts'
import type { AdminAnswer, AdminClient } from '@custom-identity-platform/sdk'
import { createContext, useContext } from 'react'
import type { Console } from './console.ts'
import type { Messages, Spoken, Tag } from './messages/messages.ts'
import type { Scheme } from './scheme.ts'

export type Me = AdminAnswer<'get', '/me'>['body']

type Value = Spoken & {
  readonly console: Console
  readonly brand: Brand
  readonly me: Me
  /** Paths that have a page. */
  readonly paths: ReadonlySet<string>
  readonly speakIn: (language: string) => Promise<void>
  readonly scheme: Scheme
  readonly chooseScheme: (scheme: Scheme) => void
}

const Context = createContext<Value | undefined>(undefined)

export const ConsoleProvider = Context

export const useConsole = (): Value => {
  const value = useContext(Context)
  if (value === undefined) throw new Error('This part of the console stands outside of its provider.')
  return value
}

export const useAdmin = (): AdminClient => useConsole().console.admin
export const useMe = (): Me => useConsole().me
export const useMessages = (): Messages => useConsole().messages
export const useLanguage = (): Tag => useConsole().language

/** How numbers and times are written: as the browser writes them in the language of the console, such as en-GB. */
export const useLocale = (): string => {
  const { language } = useConsole()
  return navigator.languages.find((one) => one.toLowerCase().split('-')[0] === language) ?? language
}

/** Whether the person may do something; the server decides again at each request. */
export const useMay = (): ((permission: string) => boolean) => {
  const { permissions } = useMe()
  return (permission) => permissions.includes(permission)
}
