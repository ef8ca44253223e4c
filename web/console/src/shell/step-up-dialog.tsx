import { Dialog, DialogFoot } from '@custom-identity-platform/kit/dialog.tsx'
import { Notice } from '@custom-identity-platform/kit/panel.tsx'
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useConsole } from '../console-context.tsx'
import type { Demand } from '../step-up.ts'

type State = 'asking' | 'waiting' | 'blocked'

const Asked = ({ demand: { required, settle } }: { readonly demand: Demand }) => {
  const { console, messages } = useConsole()
  const { stepUp, cancel } = messages
  const [state, setState] = useState<State>('asking')
  const go = (): void => setState(console.stepUp.open(required, () => settle(true)) ? 'waiting' : 'blocked')
  return (
    <Dialog title={stepUp.title} onClose={() => settle(false)}>
      <p>{stepUp.text}</p>
      {state === 'asking' ? null : (
        <Notice kind={state === 'blocked' ? 'bad' : 'plain'} isAlert={state === 'blocked'}>
          <p role="status">{state === 'blocked' ? stepUp.blocked : stepUp.waiting}</p>
        </Notice>
      )}
      <DialogFoot>
        <Button variant="default" onClick={() => settle(false)}>
          {cancel}
        </Button>
        <Button onClick={go}>{stepUp.go}</Button>
      </DialogFoot>
    </Dialog>
  )
}

/** Asks for a fresher sign-in where the server demands one; the request that met the demand waits meanwhile. */
export const StepUpDialog = () => {
  const { console } = useConsole()
  const [demand, setDemand] = useState<Demand>()
  useEffect(() => {
    console.stepUp.onDemand(setDemand)
  }, [console])
  return demand === undefined ? null : <Asked demand={demand} />
}
