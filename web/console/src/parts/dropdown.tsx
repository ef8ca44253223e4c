import { type ReactNode, useEffect, useId, useRef, useState } from 'react'

type DropdownProps = { readonly label: string; readonly mark: ReactNode; readonly children: ReactNode }

const useOutside = (element: React.RefObject<HTMLElement | null>, onLeave: () => void): void => {
  useEffect(() => {
    const listen = (event: Event): void => {
      if (event.target instanceof Node && !element.current?.contains(event.target)) onLeave()
    }
    for (const type of ['pointerdown', 'focusin']) document.addEventListener(type, listen)
    return () => {
      for (const type of ['pointerdown', 'focusin']) document.removeEventListener(type, listen)
    }
  }, [element, onLeave])
}

/** Something that unfolds below a button, and folds up with Escape or when it is left. */
export const Dropdown = ({ label, mark, children }: DropdownProps) => {
  const [isOpen, setOpen] = useState(false)
  const [close] = useState(() => () => setOpen(false))
  const element = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  useOutside(element, close)
  useEffect(() => {
    if (!isOpen) return undefined
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      close()
      button.current?.focus()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [isOpen, close])
  return (
    <div className="dropdown" ref={element}>
      <button
        type="button"
        className="top-button"
        ref={button}
        aria-label={label}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {mark}
      </button>
      <div className="dropdown-box" id={id} hidden={!isOpen}>
        {children}
      </div>
    </div>
  )
}
