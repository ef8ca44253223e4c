import { createTheme, DirectionProvider, MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { ToastProvider } from './toasts.tsx'

const theme = createTheme({
  primaryColor: 'green',
  fontFamily: 'var(--font)',
  respectReducedMotion: true,
  focusRing: 'auto',
  cursorType: 'pointer',
})

/** Mantine without a style of its own making: all of them come from files. Light and dark follow the system. */
export const KitProvider = ({ direction, children }: { readonly direction: 'ltr' | 'rtl'; readonly children: ReactNode }) => (
  <DirectionProvider initialDirection={direction} detectDirection={false}>
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <ToastProvider>{children}</ToastProvider>
    </MantineProvider>
  </DirectionProvider>
)
