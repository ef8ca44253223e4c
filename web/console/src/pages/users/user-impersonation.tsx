import { Dialog, DialogFoot } from '@custom-identity-platform/kit/dialog.tsx'
import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useAdmin, useMay, useMe, useMessages } from '../../console-context.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { useAction } from '../../parts/use-action.ts'
import { nameOf, type User } from './user-parts.tsx'

const reasonMin = 10

type Given = { readonly action: string; readonly ticket: string }

/** Brings the ticket to where a session begins: as a form of this browser, so that it stands in no address. By a click of its own, which no browser takes for an unwanted window. */
const Open = ({ given: { action, ticket }, onDone }: { readonly given: Given; readonly onDone: () => void }) => {
  const { cancel, users } = useMessages()
  const { actAs } = users
  return (
    <Dialog title={actAs.ready} onClose={onDone}>
      <p>{actAs.readyText}</p>
      {/* The window is gone with the dialog: it stays until the form is on its way. */}
      <form method="post" action={action} target="_blank" rel="noopener" onSubmit={() => setTimeout(onDone, 0)}>
        <input type="hidden" name="ticket" value={ticket} />
        <DialogFoot>
          <Button variant="default" onClick={onDone}>
            {cancel}
          </Button>
          <Button type="submit">{actAs.open}</Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

const useAct = (user: User, onGiven: (given: Given) => void) => {
  const admin = useAdmin()
  return useAction({
    run: async (body: { reason: string; minutes: number }) =>
      (await admin.post('/users/{id}/impersonation', { path: { id: user.id }, body })).body,
    done: onGiven,
  })
}

/** Acting as somebody: with a reason, for a short while, and visibly. */
export const ActAs = ({ user }: { readonly user: User }) => {
  const { actAs } = useMessages().users
  const [may, me] = [useMay(), useMe()]
  const [isAsking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const [given, setGiven] = useState<Given>()
  const [minutes, setMinutes] = useState('15')
  const { act, isPending, error, reset } = useAct(user, (made) => {
    setAsking(false)
    setGiven(made)
  })
  if (!may('users:impersonate') || user.status !== 'active' || me.user?.id === user.id) return null
  return (
    <>
      <Button
        variant="default"
        onClick={() => {
          reset()
          setReason('')
          setAsking(true)
        }}
      >
        {actAs.button}
      </Button>
      {isAsking ? (
        <ConfirmDialog
          {...{ title: `${actAs.button}: ${nameOf(user) ?? user.id}`, yes: actAs.yes, isDangerous: false, isBusy: isPending, error }}
          isReady={reason.trim().length >= reasonMin}
          onYes={() => act({ reason: reason.trim(), minutes: Number(minutes) })}
          onClose={() => setAsking(false)}
        >
          <p>{actAs.text}</p>
          <Textarea
            label={actAs.reason}
            description={actAs.reasonHint}
            value={reason}
            maxLength={500}
            autosize
            minRows={2}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <NativeSelect
            label={actAs.minutes}
            value={minutes}
            data={Object.entries(actAs.minuteChoices).map(([value, label]) => ({ value, label }))}
            onChange={(event) => setMinutes(event.currentTarget.value)}
          />
        </ConfirmDialog>
      ) : null}
      {given === undefined ? null : <Open given={given} onDone={() => setGiven(undefined)} />}
    </>
  )
}
