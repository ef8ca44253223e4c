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

type Draft = { readonly reason: string; readonly minutes: string }

const Fields = ({ draft, onChange }: { readonly draft: Draft; readonly onChange: (draft: Draft) => void }) => {
  const { actAs } = useMessages().users
  return (
    <>
      <Textarea
        label={actAs.reason}
        description={actAs.reasonHint}
        value={draft.reason}
        maxLength={500}
        autosize
        minRows={2}
        onChange={(event) => onChange({ ...draft, reason: event.currentTarget.value })}
      />
      <NativeSelect
        label={actAs.minutes}
        value={draft.minutes}
        data={Object.entries(actAs.minuteChoices).map(([value, label]) => ({ value, label }))}
        onChange={(event) => onChange({ ...draft, minutes: event.currentTarget.value })}
      />
    </>
  )
}

/** Acting as somebody: with a reason, for a short while, and visibly. */
export const ActAs = ({ user }: { readonly user: User }) => {
  const { actAs } = useMessages().users
  const [may, me] = [useMay(), useMe()]
  const [draft, setDraft] = useState<Draft>()
  const [given, setGiven] = useState<Given>()
  const { act, isPending, error, reset } = useAct(user, (made) => {
    setDraft(undefined)
    setGiven(made)
  })
  if (!may('users:impersonate') || user.status !== 'active' || me.user?.id === user.id) return null
  const ask = (): void => {
    reset()
    setDraft({ reason: '', minutes: '15' })
  }
  return (
    <>
      <Button variant="default" onClick={ask}>
        {actAs.button}
      </Button>
      {draft === undefined ? null : (
        <ConfirmDialog
          {...{ title: `${actAs.button}: ${nameOf(user) ?? user.id}`, yes: actAs.yes, isDangerous: false, isBusy: isPending, error }}
          isReady={draft.reason.trim().length >= reasonMin}
          onYes={() => act({ reason: draft.reason.trim(), minutes: Number(draft.minutes) })}
          onClose={() => setDraft(undefined)}
        >
          <p>{actAs.text}</p>
          <Fields draft={draft} onChange={setDraft} />
        </ConfirmDialog>
      )}
      {given === undefined ? null : <Open given={given} onDone={() => setGiven(undefined)} />}
    </>
  )
}
