import { createTheme, DirectionProvider, MantineProvider, useDirection } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { ToastProvider } from './toasts.tsx'

const theme = createTheme({
  primaryColor: 'green',
  fontFamily: 'var(--font)',
  respectReducedMotion: true,
  focusRing: 'auto',
  cursorType: 'pointer',
})

/** Tells Mantine of a direction that changes while the page is open. */
const Directed = ({ direction }: { readonly direction: 'ltr' | 'rtl' }) => {
  const { dir, setDirection } = useDirection()
  useEffect(() => {
    if (dir !== direction) setDirection(direction)
  }, [dir, direction, setDirection])
  return null
}

type KitProviderProps = {
  readonly direction: 'ltr' | 'rtl'
  /** Light and dark follow the system where nobody chose. */
  readonly scheme?: 'auto' | 'light' | 'dark'
  readonly children: ReactNode
}

/** Mantine without a style of its own making: all of them come from files. */
export const KitProvider = ({ direction, scheme = 'auto', children }: KitProviderProps) => (
  <DirectionProvider initialDirection={direction} detectDirection={false}>
    <Directed direction={direction} />
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      {...(scheme === 'auto' ? {} : { forceColorScheme: scheme })}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <ToastProvider>{children}</ToastProvider>
    </MantineProvider>
  </DirectionProvider>
)
