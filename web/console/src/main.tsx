import { SignInError } from '@custom-identity-platform/sdk'
import '@custom-identity-platform/kit/styles.css'
import { readBrand } from '@custom-identity-platform/kit/brand.ts'
import { placeOf, written } from '@custom-identity-platform/kit/place.ts'
import { focusManager, QueryClient } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { type Console, openConsole } from './console.ts'
import { watchIdle } from './idle.ts'
import { chooseTag, speak } from './messages/messages.ts'
import { isWorthRetrying } from './problem.ts'
import { Program } from './program.tsx'
import { routerAt } from './router.tsx'
import { applyScheme, keptScheme } from './scheme.ts'
import { SignInFailed } from './shell/sign-in-failed.tsx'
import { againPath, beginSignInAgain, endSignInAgain } from './sign-in-again.ts'
import { beginPath, endPath, endStepUp, wishOf } from './step-up.ts'
import './console.css'

const place = placeOf('console', written('issuer'), location)
const brand = readBrand(written('brand'))
// The server wrote the page in the language of the browser, or of the menu below a sign-in page.
const usual = document.documentElement.lang

const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 15_000, retry: (count, error) => count < 2 && isWorthRetrying(error) } },
})

const rootOf = () => createRoot(document.getElementById('root') ?? document.body)

/** So long after the last sign of somebody, what is read again and again by itself pauses: it would keep the session alive for nobody. */
const quietMs = 120_000

const watchOver = ({ again }: Console, idleSeconds: number): void => {
  const { back } = watchIdle({
    ...{ quietMs: Math.min(quietMs, idleSeconds * 500), onQuiet: (isQuiet) => focusManager.setFocused(isQuiet ? false : undefined) },
    ...{ idleMs: idleSeconds * 1000, onIdle: () => void again.close('idle').then(back) },
  })
}

const show = async (console: Console): Promise<void> => {
  const me = (await console.admin.get('/me')).body
  console.again.ownedBy(console.client.claims()?.sub)
  if (me.idle_seconds !== null) watchOver(console, me.idle_seconds)
  const first = await speak(chooseTag([me.user?.language, usual]))
  rootOf().render(<Program {...{ console, brand, queries, first, me }} router={routerAt(console.base)} />)
}

/** A window has done its part, and the browser did not close it. */
const sayDone = async (): Promise<void> => {
  const { messages } = await speak(chooseTag([usual]))
  const boot = document.querySelector('.boot')
  if (boot !== null) boot.textContent = messages.signIn.steppedUp
}

const fail = async (console: Console, problem: unknown): Promise<void> => {
  const spoken = await speak(chooseTag([usual]))
  rootOf().render(<SignInFailed {...{ problem, spoken }} onAgain={() => console.client.signIn({ returnTo: console.base })} />)
}

/** Without tokens the server is asked; a live session answers at once, and nobody sees a page. */
const start = async (): Promise<void> => {
  // Cookies and addresses belong to the name that the issuer has: under another one nothing would work.
  if (place.isElsewhere) return location.replace(`${place.issuer}/console`)
  const console = openConsole(place)
  const { pathname, search, hash } = location
  if (pathname === `${place.base}${beginPath}`) return console.client.signIn({ returnTo: `${place.base}${endPath}`, ...wishOf(search) })
  if (pathname === `${place.base}${againPath}`) return beginSignInAgain(place.issuer, hash)
  if (pathname !== `${place.base}/callback`) return console.client.signIn({ returnTo: pathname + search + hash })
  if (endSignInAgain(search)) return sayDone()
  try {
    const returnTo = await console.client.finish(search)
    if (returnTo === `${place.base}${endPath}`) {
      endStepUp()
      return await sayDone()
    }
    history.replaceState(null, '', returnTo)
    await show(console)
  } catch (error) {
    // The code is spent, and must not be sent again by a reload.
    if (error instanceof SignInError) history.replaceState(null, '', place.base)
    await fail(console, error)
  }
}

applyScheme(keptScheme())
await start()
