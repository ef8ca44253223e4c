import type { Brand } from '@custom-identity-platform/kit/brand.ts'
import { KitProvider } from '@custom-identity-platform/kit/kit-provider.tsx'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useLayoutEffect, useState } from 'react'
import type { Console } from './console.ts'
import { ConsoleProvider, type Me } from './console-context.tsx'
import { chooseTag, type Spoken, speak } from './messages/messages.ts'
import { pages } from './pages.ts'
import type { routerAt } from './router.tsx'
import { applyScheme, keptScheme, type Scheme } from './scheme.ts'
import { ClosedDialog } from './shell/closed-dialog.tsx'
import { NoRole } from './shell/no-role.tsx'
import { StepUpDialog } from './shell/step-up-dialog.tsx'
import type { Closed } from './sign-in-again.ts'

const paths: ReadonlySet<string> = new Set(pages.map(({ path }) => path))

type ProgramProps = {
  readonly console: Console
  readonly brand: Brand
  readonly queries: QueryClient
  readonly router: ReturnType<typeof routerAt>
  readonly first: Spoken
  readonly me: Me
}

/** The console of a person, in their language and in the scheme that they chose. */
export const Program = ({ console, brand, queries, router, first, me }: ProgramProps) => {
  const [spoken, setSpoken] = useState(first)
  const [scheme, setScheme] = useState<Scheme>(keptScheme)
  const [closed, setClosed] = useState<Closed>()
  const { language, direction } = spoken
  useEffect(() => console.again.onClosed(setClosed), [console])
  useLayoutEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = direction
  }, [language, direction])
  const chooseScheme = (chosen: Scheme): void => {
    applyScheme(chosen)
    setScheme(chosen)
  }
  const speakIn = async (wanted: string): Promise<void> => setSpoken(await speak(chooseTag([wanted])))
  return (
    <KitProvider direction={direction} scheme={scheme}>
      <ConsoleProvider value={{ ...spoken, console, brand, me, paths, speakIn, scheme, chooseScheme }}>
        <QueryClientProvider client={queries}>
          {/* What was open stays as it is, and nobody sees it. */}
          <div hidden={closed !== undefined}>{me.permissions.length === 0 ? <NoRole /> : <RouterProvider router={router} />}</div>
          <StepUpDialog />
          {closed === undefined ? null : <ClosedDialog closed={closed} />}
        </QueryClientProvider>
      </ConsoleProvider>
    </KitProvider>
  )
}
