import { Button, type ButtonProps } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { ChangeWaits } from '../waiting.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { useAction } from './use-action.ts'

type AskProps<Output> = Pick<ButtonProps, 'size' | 'variant' | 'color' | 'leftSection'> & {
  /** What the button does, as a verb; the dialog says the same. */
  readonly label: string
  /** Whom or what it is done to. */
  readonly about?: string | undefined
  /** What will happen, or the fields that it takes. */
  readonly children: ReactNode
  readonly isDangerous?: boolean
  readonly typed?: string
  readonly isReady?: boolean
  readonly run: () => Promise<Output>
  readonly said?: string
  readonly refresh?: readonly (readonly unknown[])[]
  readonly done?: (output: Output) => unknown
  readonly onOpen?: () => void
}

/** A button that says first what it will do. */
export const AskButton = <Output,>(props: AskProps<Output>) => {
  const { label, about, children, isDangerous = false, typed, isReady, run, said, refresh, done, onOpen, ...look } = props
  const [isOpen, setOpen] = useState(false)
  const { act, isPending, error, reset } = useAction<void, Output>({
    run,
    ...(said === undefined ? {} : { said }),
    ...(refresh === undefined ? {} : { refresh }),
    done: (output) => {
      setOpen(false)
      return done?.(output)
    },
  })
  const open = (): void => {
    reset()
    onOpen?.()
    setOpen(true)
  }
  return (
    <>
      <Button variant="default" {...look} {...(about === undefined ? {} : { 'aria-label': `${label}: ${about}` })} onClick={open}>
        {label}
      </Button>
      {isOpen && !(error instanceof ChangeWaits) ? (
        <ConfirmDialog
          {...{ title: about === undefined ? label : `${label}: ${about}`, yes: label, isDangerous, isBusy: isPending, error }}
          {...(typed === undefined ? {} : { typed })}
          {...(isReady === undefined ? {} : { isReady })}
          onYes={() => act()}
          onClose={() => setOpen(false)}
        >
          {children}
        </ConfirmDialog>
      ) : null}
    </>
  )
}
