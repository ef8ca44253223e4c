import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { AccountProvider, useLanguage, usePortal } from '../account-context.tsx'
import { type OrganizationWords, organizationWords } from '../messages/organization-words.ts'
import { Loaded } from '../parts.tsx'

const Words = createContext<OrganizationWords | undefined>(undefined)

/** The texts of these pages; for the others, `useMessages`. */
export const useWords = (): OrganizationWords => {
  const words = useContext(Words)
  if (words === undefined) throw new Error('This part of the organizations stands outside of their words.')
  return words
}

const Spoken = ({ words, children }: { readonly words: OrganizationWords; readonly children: ReactNode }) => {
  const portal = usePortal()
  const value = useMemo(() => {
    const refusals = { ...portal.messages.refusals, ...words.refusals }
    return { ...portal, messages: { ...portal.messages, refusals } }
  }, [portal, words])
  return (
    <AccountProvider value={value}>
      <Words value={words}>{children}</Words>
    </AccountProvider>
  )
}

/** Loads the texts in the language that is spoken, with the refusals that are met here. */
export const WithWords = ({ children }: { readonly children: ReactNode }) => {
  const language = useLanguage()
  const query = useQuery({
    queryKey: ['organization-words', language],
    queryFn: async () => (await organizationWords[language]()).words,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
  return <Loaded query={query}>{(words) => <Spoken words={words}>{children}</Spoken>}</Loaded>
}
