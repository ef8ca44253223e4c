import { SignInError } from '@custom-identity-platform/sdk'
import '@custom-identity-platform/kit/styles.css'
import { readBrand } from '@custom-identity-platform/kit/brand.ts'
import { placeOf, written } from '@custom-identity-platform/kit/place.ts'
import { QueryClient } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { type Account, openAccount } from './account.ts'
import { chooseTag, speak, type Tag } from './messages/messages.ts'
import { Portal } from './portal.tsx'
import { isWorthRetrying } from './problem.ts'
import { keys } from './queries.ts'
import { routerAt } from './router.tsx'
import './portal.css'

const place = placeOf('account', written('issuer'), location)
const brand = readBrand(written('brand'))
// The server wrote the page in the language of the browser, or of the menu below a sign-in page.
const usual = document.documentElement.lang

const openQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: { queries: { staleTime: 30_000, retry: (count, error) => count < 2 && isWorthRetrying(error) } },
  })

type Opened = { readonly account: Account; readonly queries: QueryClient; readonly language: Tag; readonly problem?: SignInError }

const show = async ({ account, queries, language, problem }: Opened): Promise<void> => {
  const root = document.getElementById('root')
  if (root === null) throw new Error('The page has no root.')
  const first = await speak(language)
  createRoot(root).render(<Portal {...{ account, brand, queries, first, usual, problem }} router={routerAt(account.base)} />)
}

/** Who is signed in decides the language; what is asked for it serves every page. */
const languageOfPerson = async ({ api }: Account, queries: QueryClient): Promise<Tag> => {
  const me = await queries.fetchQuery({ queryKey: keys.me, queryFn: () => api.me(), retry: false }).catch(() => undefined)
  return chooseTag([me?.language, usual])
}

/** Without tokens the server is asked; a live session answers at once, and nobody sees a page. */
const start = async (): Promise<void> => {
  // Cookies and addresses belong to the name that the issuer has: under another one nothing would work.
  if (place.isElsewhere) return location.replace(`${place.issuer}/account`)
  const account = openAccount(place)
  const here = location.pathname + location.hash
  if (location.pathname !== `${place.base}/callback`) return account.client.signIn({ returnTo: here })
  const queries = openQueries()
  try {
    const returnTo = await account.client.finish(location.search)
    history.replaceState(null, '', returnTo)
    await show({ account, queries, language: await languageOfPerson(account, queries) })
  } catch (error) {
    if (!(error instanceof SignInError)) throw error
    // The code is spent, and must not be sent again by a reload.
    history.replaceState(null, '', place.base)
    await show({ account, queries, language: chooseTag([usual]), problem: error })
  }
}

await start()
