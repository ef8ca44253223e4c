import { Dialog, DialogFoot } from '@custom-identity-platform/kit/dialog.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { TotpEnrolment } from '@custom-identity-platform/sdk'
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useMessages } from './account-context.tsx'
import { Problem } from './parts.tsx'

const Picture = ({ qr }: Pick<TotpEnrolment, 'qr'>) => {
  const { secondFactor } = useMessages()
  return (
    <div className="qr">
      <svg viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label={secondFactor.qr} shapeRendering="crispEdges">
        <path d={qr.path} fill="#000000" />
      </svg>
    </div>
  )
}

const Key = ({ text }: { readonly text: string }) => {
  const { secondFactor } = useMessages()
  const toast = useToast()
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    toast(secondFactor.copied)
  }
  return (
    <div className="stack-tight">
      <p className="quiet">{secondFactor.cannotScan}</p>
      <p className="key">{text.replaceAll(/(.{4})(?=.)/g, '$1 ')}</p>
      <div>
        <Button variant="subtle" size="xs" onClick={copy}>
          {secondFactor.copyKey}
        </Button>
      </div>
    </div>
  )
}

type SetupProps = {
  readonly enrolment: TotpEnrolment
  readonly isBusy: boolean
  readonly problem: string | undefined
  readonly onCode: (code: string) => void
  readonly onClose: () => void
}

/** The key of an authenticator app as a picture and as text, and the first code as the proof that it arrived. */
export const TotpSetup = ({ enrolment, isBusy, problem, onCode, onClose }: SetupProps) => {
  const { secondFactor, cancel } = useMessages()
  const [code, setCode] = useState('')
  return (
    <Dialog title={secondFactor.scanTitle} onClose={onClose} isBusy={isBusy}>
      <p>{secondFactor.scan}</p>
      <Picture qr={enrolment.qr} />
      <Key text={enrolment.key} />
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          onCode(code.replaceAll(/\s/g, ''))
        }}
      >
        <TextInput
          {...{ label: secondFactor.enterCode, value: code, inputMode: 'numeric', autoComplete: 'one-time-code', required: true }}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Problem>{problem}</Problem>
        <DialogFoot>
          <Button variant="default" onClick={onClose} disabled={isBusy}>
            {cancel}
          </Button>
          <Button type="submit" loading={isBusy} disabled={!/^\s*(\d\s*){6,8}$/.test(code)}>
            {secondFactor.turnOn}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
