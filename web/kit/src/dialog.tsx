import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'

type DialogProps = {
  readonly title: string
  readonly onClose: () => void
  /** True while closing it would lose something that is under way. */
  readonly isBusy?: boolean
  readonly children: ReactNode
}

/** The browser's own modal dialog: it holds the focus, gives it back, and closes on Escape. It is open as long as it is there. */
export const Dialog = ({ title, onClose, isBusy = false, children }: DialogProps) => {
  const element = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  // Closed before it leaves the page: only then the browser gives the focus back.
  useLayoutEffect(() => {
    const dialog = element.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  // It stands outside of lists and of what is not printed.
  return createPortal(
    <dialog
      className="dialog"
      ref={element}
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        if (isBusy && event.key === 'Escape') event.preventDefault()
      }}
      onCancel={(event) => {
        event.preventDefault()
        if (!isBusy) onClose()
      }}
      onClose={() => {
        // Where the key is not ours, as with the gesture of a phone, a browser closes at the second time whatever we say.
        if (isBusy) element.current?.showModal()
        else onClose()
      }}
    >
      <div className="dialog-inside">
        <h2 id={titleId}>{title}</h2>
        {children}
      </div>
    </dialog>,
    document.body,
  )
}

export const DialogFoot = ({ children }: { readonly children: ReactNode }) => <div className="dialog-foot">{children}</div>
