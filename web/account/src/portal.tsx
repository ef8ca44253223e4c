import type { Brand } from '@custom-identity-platform/kit/brand.ts'
import { KitProvider } from '@custom-identity-platform/kit/kit-provider.tsx'
import type { SignInError } from '@custom-identity-platform/sdk'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useLayoutEffect, useState } from 'react'
import type { Account } from './account.ts'
import { AccountProvider } from './account-context.tsx'
import { chooseTag, type Spoken, speak } from './messages/messages.ts'
import type { routerAt } from './router.tsx'
import { SignInFailed } from './sign-in-failed.tsx'

type PortalProps = {
  readonly account: Account
  readonly brand: Brand
  readonly queries: QueryClient
  readonly router: ReturnType<typeof routerAt>
  readonly first: Spoken
  /** The language that the browser asks for. */
  readonly usual: string
  readonly problem: SignInError | undefined
}

/** The portal in the language of the person, which may change while it is open. */
export const Portal = ({ account, brand, queries, router, first, usual, problem }: PortalProps) => {
  const [spoken, setSpoken] = useState(first)
  const { language, direction, messages } = spoken
  useLayoutEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = direction
    document.title = brand.name === undefined ? messages.product : `${messages.product} · ${brand.name}`
  }, [language, direction, messages, brand])
  const speakIn = async (wanted: string | null): Promise<void> => {
    setSpoken(await speak(chooseTag([wanted, usual])))
    // Some words come from the server: those of scopes, and names of places.
    await queries.invalidateQueries()
  }
  return (
    <KitProvider direction={direction}>
      <AccountProvider value={{ ...spoken, account, brand, speakIn }}>
        <QueryClientProvider client={queries}>
          {problem === undefined ? <RouterProvider router={router} /> : <SignInFailed problem={problem} />}
        </QueryClientProvider>
      </AccountProvider>
    </KitProvider>
  )
}
