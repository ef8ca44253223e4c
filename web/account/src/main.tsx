import { KitProvider } from '@custom-identity-platform/kit/kit-provider.tsx'
import { SignInError } from '@custom-identity-platform/sdk'
import '@custom-identity-platform/kit/styles.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { type Account, openAccount, placeOf } from './account.ts'
import { AccountProvider } from './account-context.tsx'
import { type Spoken, speak } from './messages/messages.ts'
import { isWorthRetrying } from './problem.ts'
import { routerAt } from './router.tsx'
import { SignInFailed } from './sign-in-failed.tsx'
import './portal.css'

const written = document.querySelector<HTMLMetaElement>('meta[name=issuer]')?.content
const place = placeOf(written, location)

const show = (account: Account, spoken: Spoken, problem?: SignInError): void => {
  const queries = new QueryClient({
    defaultOptions: { queries: { staleTime: 30_000, retry: (count, error) => count < 2 && isWorthRetrying(error) } },
  })
  document.documentElement.lang = spoken.language
  document.documentElement.dir = spoken.direction
  const root = document.getElementById('root')
  if (root === null) throw new Error('The page has no root.')
  createRoot(root).render(
    <KitProvider direction={spoken.direction}>
      <AccountProvider value={{ ...spoken, account }}>
        <QueryClientProvider client={queries}>
          {problem === undefined ? <RouterProvider router={routerAt(account.base)} /> : <SignInFailed problem={problem} />}
        </QueryClientProvider>
      </AccountProvider>
    </KitProvider>,
  )
}

/** Without tokens the server is asked; a live session answers at once, and nobody sees a page. */
const start = async (): Promise<void> => {
  // Cookies and addresses belong to the name that the issuer has: under another one nothing would work.
  if (place.isElsewhere) return location.replace(`${place.issuer}/account`)
  const account = openAccount(place)
  const here = location.pathname + location.hash
  if (location.pathname !== `${place.base}/callback`) return account.client.signIn({ returnTo: here })
  const spoken = await speak(navigator.languages)
  try {
    const returnTo = await account.client.finish(location.search)
    history.replaceState(null, '', returnTo)
    show(account, spoken)
  } catch (error) {
    if (!(error instanceof SignInError)) throw error
    // The code is spent, and must not be sent again by a reload.
    history.replaceState(null, '', place.base)
    show(account, spoken, error)
  }
}

await start()
