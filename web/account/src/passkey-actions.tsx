import { Dialog, DialogFoot } from '@custom-identity-platform/kit/dialog.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import { type AccountClient, type MadePasskey, makePasskey, type Passkey, tellDevice } from '@custom-identity-platform/sdk'
import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useApi, useMessages } from './account-context.tsx'
import type { Messages } from './messages/messages.ts'
import { Confirm, Problem } from './parts.tsx'
import { useRefresh } from './queries.ts'
import { useAction, useSensitive } from './step-up.tsx'

/** The device learns which passkeys still count; that it does not listen is no failure. */
const signal = (api: AccountClient): Promise<void> =>
  api
    .passkeySignal()
    .then(tellDevice)
    .catch(() => undefined)

const sentenceFor = ({ kind }: MadePasskey, { passkeys }: Messages): string | undefined =>
  ({
    made: undefined,
    cancelled: passkeys.cancelled,
    'already-there': passkeys.alreadyThere,
    unsupported: passkeys.unsupported,
    'wrong-address': passkeys.wrongAddress,
  })[kind]

/** Adds a passkey. After a new sign-in it waits for a press: browsers ask for the device only then. */
export const AddPasskey = () => {
  const [api, refresh, toast] = [useApi(), useRefresh(), useToast()]
  const messages = useMessages()
  const { passkeys, cancel, next } = messages
  const [isOpen, setOpen] = useState(false)
  const sensitive = useSensitive('add-passkey', () => setOpen(true))
  const { act, isPending, problem, data } = useAdding({
    api,
    sensitive,
    onAdded: () => {
      setOpen(false)
      toast(passkeys.added)
      return Promise.all([refresh('factors', 'me'), signal(api)])
    },
  })
  return (
    <>
      <Button onClick={() => sensitive.begin()}>{passkeys.add}</Button>
      {isOpen ? (
        <Dialog title={passkeys.add} onClose={() => setOpen(false)} isBusy={isPending}>
          <p>{passkeys.ready}</p>
          <Problem>{problem ?? (data === undefined ? undefined : sentenceFor(data, messages))}</Problem>
          <DialogFoot>
            <Button variant="default" onClick={() => setOpen(false)} disabled={isPending}>
              {cancel}
            </Button>
            <Button onClick={() => act()} loading={isPending}>
              {next}
            </Button>
          </DialogFoot>
        </Dialog>
      ) : null}
    </>
  )
}

type Adding = { readonly api: AccountClient; readonly sensitive: ReturnType<typeof useSensitive>; readonly onAdded: () => unknown }

const useAdding = ({ api, sensitive, onAdded }: Adding) => {
  const [data, setData] = useState<MadePasskey>()
  const action = useAction({
    run: async () => {
      setData(undefined)
      const { options, token } = await api.passkeyOptions()
      const made = await makePasskey(options)
      if (made.kind === 'made') await api.addPasskey({ token, credential: made.credential })
      return made
    },
    done: (made) => (made.kind === 'made' ? onAdded() : setData(made)),
    sensitive,
  })
  return { ...action, data }
}

type Opening = (open: (passkey: Passkey) => void) => ReactNode

export const RenamePasskey = ({ children }: { readonly children: Opening }) => {
  const [api, refresh, toast] = [useApi(), useRefresh(), useToast()]
  const { passkeys, cancel, save } = useMessages()
  const [chosen, setChosen] = useState<Pick<Passkey, 'id' | 'name'>>()
  const close = () => setChosen(undefined)
  const { act, isPending, problem } = useAction({
    run: ({ id, name }: Pick<Passkey, 'id' | 'name'>) => api.renamePasskey(id, name.trim()),
    done: () => {
      close()
      toast(passkeys.renamed)
      return refresh('factors')
    },
  })
  return (
    <>
      {children(({ id, name }) => setChosen({ id, name }))}
      {chosen === undefined ? null : (
        <Dialog title={passkeys.renameTitle} onClose={close} isBusy={isPending}>
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault()
              act(chosen)
            }}
          >
            <TextInput
              {...{ label: passkeys.name, value: chosen.name, error: problem, maxLength: 64, required: true, autoFocus: true }}
              onChange={(event) => setChosen({ ...chosen, name: event.currentTarget.value })}
            />
            <DialogFoot>
              <Button variant="default" onClick={close}>
                {cancel}
              </Button>
              <Button type="submit" loading={isPending} disabled={chosen.name.trim() === ''}>
                {save}
              </Button>
            </DialogFoot>
          </form>
        </Dialog>
      )}
    </>
  )
}

export const RemovePasskey = ({ all, children }: { readonly all: readonly Passkey[]; readonly children: Opening }) => {
  const [api, refresh, toast] = [useApi(), useRefresh(), useToast()]
  const { passkeys, remove } = useMessages()
  const [chosen, setChosen] = useState<string>()
  const sensitive = useSensitive('remove-passkey', ({ id }) => setChosen(id))
  const passkey = all.find(({ id }) => id === chosen)
  const { act, isPending, problem, reset } = useAction({
    run: api.removePasskey,
    done: () => {
      setChosen(undefined)
      toast(passkeys.removed)
      return Promise.all([refresh('factors', 'me'), signal(api)])
    },
    sensitive,
    draft: (id) => ({ id }),
  })
  const close = () => {
    reset()
    setChosen(undefined)
  }
  return (
    <>
      {children(({ id }) => sensitive.begin({ id }))}
      {passkey === undefined ? null : (
        <Confirm
          {...{ title: passkeys.removeTitle(passkey.name), text: passkeys.removeText, yes: remove, isBusy: isPending, problem }}
          {...{ onYes: () => act(passkey.id), onClose: close }}
        />
      )}
    </>
  )
}
