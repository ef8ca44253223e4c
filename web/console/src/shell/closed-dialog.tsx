import { Dialog, DialogFoot } from '@custom-identity-platform/kit/dialog.tsx'
import { Notice } from '@custom-identity-platform/kit/panel.tsx'
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useConsole } from '../console-context.tsx'
import type { Closed } from '../sign-in-again.ts'

type State = 'asking' | 'waiting' | 'blocked' | 'failed'

/** Stands before the console until the person has signed in again. There is no way past it but leaving the page. */
export const ClosedDialog = ({ closed: { why } }: { readonly closed: Closed }) => {
  const { console, me, messages } = useConsole()
  const { closed, stepUp } = messages
  const [state, setState] = useState<State>('asking')
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    void console.again.address(why === 'idle' ? (me.idle_seconds ?? 0) : undefined).then(setAddress)
  }, [console, why, me])
  const go = (to: string): void => setState(console.again.open(to, () => setState('failed')) ? 'waiting' : 'blocked')
  const said = { asking: undefined, waiting: stepUp.waiting, blocked: stepUp.blocked, failed: closed.failed }[state]
  return (
    <Dialog title={closed.title} isBusy onClose={() => undefined}>
      <p>{why === 'idle' ? closed.idle(Math.round((me.idle_seconds ?? 0) / 60)) : closed.ended}</p>
      <p className="quiet">{closed.kept}</p>
      {said === undefined ? null : (
        <Notice kind={state === 'waiting' ? 'plain' : 'bad'} isAlert={state !== 'waiting'}>
          <p role="status">{said}</p>
        </Notice>
      )}
      <DialogFoot>
        <Button onClick={() => (address === undefined ? undefined : go(address))}>{stepUp.go}</Button>
      </DialogFoot>
    </Dialog>
  )
}
