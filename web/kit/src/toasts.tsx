import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react'

type Toast = { readonly id: number; readonly text: string }
const Toasts = createContext<(text: string) => void>(() => undefined)

/** Says in one sentence that something has been done; read out by screen readers. */
export const useToast = () => useContext(Toasts)

const shownMs = 6000

export const ToastProvider = ({ children }: { readonly children: ReactNode }) => {
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const next = useRef(0)
  const show = useCallback((text: string) => {
    next.current += 1
    const id = next.current
    setToasts([{ id, text }])
    setTimeout(() => setToasts((all) => all.filter((one) => one.id !== id)), shownMs)
  }, [])
  return (
    <Toasts value={show}>
      {children}
      <div className="toasts" role="status">
        {toasts.map(({ id, text }) => (
          <p className="toast" key={id}>
            {text}
          </p>
        ))}
      </div>
    </Toasts>
  )
}
