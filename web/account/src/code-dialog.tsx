import { Dialog, DialogFoot } from '@custom-identity-platform/kit/dialog.tsx'
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useMessages } from './account-context.tsx'
import { Problem } from './parts.tsx'

type CodeDialogProps = {
  readonly title: string
  readonly text: string
  readonly isBusy: boolean
  readonly problem: string | undefined
  readonly onCode: (code: string) => void
  readonly onClose: () => void
}

/** Takes a code that was sent. */
export const CodeDialog = ({ title, text, isBusy, problem, onCode, onClose }: CodeDialogProps) => {
  const { code, codeHelp, cancel, next } = useMessages()
  const [typed, setTyped] = useState('')
  return (
    <Dialog title={title} onClose={onClose} isBusy={isBusy}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          onCode(typed.replaceAll(/[\s-]/g, ''))
        }}
      >
        <p>{text}</p>
        <TextInput
          label={code}
          description={codeHelp}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="one-time-code"
          inputMode="numeric"
          autoFocus
          required
        />
        <Problem>{problem}</Problem>
        <DialogFoot>
          <Button variant="default" onClick={onClose} disabled={isBusy}>
            {cancel}
          </Button>
          <Button type="submit" loading={isBusy} disabled={typed.trim() === ''}>
            {next}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

type AddressDialogProps = {
  readonly title: string
  readonly text: string
  readonly label: string
  readonly type: 'email' | 'tel'
  readonly initial: string
  readonly isBusy: boolean
  readonly problem: string | undefined
  readonly onAddress: (address: string) => void
  readonly onClose: () => void
}

/** Takes the address that a code is to be sent to. */
export const AddressDialog = (props: AddressDialogProps) => {
  const { cancel, addresses } = useMessages()
  const [typed, setTyped] = useState(props.initial)
  return (
    <Dialog title={props.title} onClose={props.onClose} isBusy={props.isBusy}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          props.onAddress(props.type === 'tel' ? typed.replaceAll(/[\s()/-]/g, '') : typed.trim())
        }}
      >
        <p>{props.text}</p>
        <TextInput
          label={props.label}
          type={props.type}
          autoComplete={props.type}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={props.problem}
          autoFocus
          required
        />
        <DialogFoot>
          <Button variant="default" onClick={props.onClose} disabled={props.isBusy}>
            {cancel}
          </Button>
          <Button type="submit" loading={props.isBusy} disabled={typed.trim() === ''}>
            {addresses.sendCode}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
