import { Dialog, DialogFoot } from '@custom-identity-platform/kit/dialog.tsx'
import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useMessages } from '../console-context.tsx'
import { Problem } from './failure.tsx'

type ConfirmProps = {
  readonly title: string
  /** What will happen, to whom, and whether it can be taken back. */
  readonly children: ReactNode
  /** What the button does, as a verb. */
  readonly yes: string
  readonly isDangerous?: boolean
  /** Has to be typed first, where nothing brings back what is lost. */
  readonly typed?: string
  /** False as long as something has to be filled in. */
  readonly isReady?: boolean
  readonly isBusy: boolean
  readonly error: unknown
  readonly onYes: () => void
  readonly onClose: () => void
}

/** Names what will happen before it does. */
export const ConfirmDialog = (props: ConfirmProps) => {
  const { title, children, yes, isDangerous = true, typed, isReady = true, isBusy, error, onYes, onClose } = props
  const { cancel, parts } = useMessages()
  const [text, setText] = useState('')
  return (
    <Dialog title={title} onClose={onClose} isBusy={isBusy}>
      <div className="stack-tight">{children}</div>
      {typed === undefined ? null : (
        <TextInput
          label={parts.typeToConfirm(typed)}
          value={text}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <Problem error={error} />
      <DialogFoot>
        <Button variant="default" onClick={onClose} disabled={isBusy}>
          {cancel}
        </Button>
        <Button
          {...(isDangerous ? { color: 'red' } : {})}
          onClick={onYes}
          loading={isBusy}
          disabled={!isReady || (typed !== undefined && text.trim() !== typed)}
        >
          {yes}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
