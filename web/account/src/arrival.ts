import { useEffect, useState } from 'react'

const focusHead = (): void => document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })

/** Where what had the focus has left the page with what was done, the focus goes to the head of the page, not to nowhere. */
export const keepFocus = (): void => {
  const check = (): void => {
    if (document.activeElement === document.body) focusHead()
  }
  // What was read anew is drawn before the second frame.
  requestAnimationFrame(() => requestAnimationFrame(check))
}

/** Moves the focus to the head of a new page, so that keyboards and screen readers start there. */
export const useArrival = (path: string, onArrive: () => void): void => {
  const [first] = useState(path)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the path that arrives
  useEffect(() => {
    onArrive()
    if (path !== first) focusHead()
  }, [path])
}
