import { useEffect, useState } from 'react'

/** Moves the focus to the head of a new page, so that keyboards and screen readers start there. */
export const useArrival = (path: string, onArrive: () => void): void => {
  const [first] = useState(path)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the path that arrives
  useEffect(() => {
    onArrive()
    if (path !== first) document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
  }, [path])
}
