import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { useAction } from '../../parts/use-action.ts'
import { keysOf, nameOf, type User } from './user-parts.tsx'

type Name = 'disable' | 'enable' | 'unlock' | 'reset' | 'delete'
type Words = { readonly button: string; readonly text: string; readonly said: string }

const useWords = ({ email }: User): Readonly<Record<Name, Words>> => {
  const { actions } = useMessages().users
  return {
    disable: { button: actions.disable, text: actions.disableText, said: actions.disabled },
    enable: { button: actions.enable, text: actions.enableText, said: actions.enabled },
    unlock: { button: actions.unlock, text: actions.unlockText, said: actions.unlocked },
    reset: { button: actions.reset, text: actions.resetText(email ?? ''), said: actions.resetSent },
    delete: { button: actions.delete, text: actions.deleteText, said: actions.deleted },
  }
}

/** What the state of the account and the permissions leave to do. */
const useOpen = ({ status, email, password }: User): readonly Name[] => {
  const may = useMay()
  const isLocked = password.failures > 0
  const all: readonly (readonly [Name, boolean])[] = [
    ['unlock', isLocked && may('users:support')],
    ['reset', email !== null && may('users:support')],
    ['disable', status === 'active' && may('users:write')],
    ['enable', status !== 'active' && may('users:write')],
    ['delete', may('users:delete')],
  ]
  return all.filter(([, isOpen]) => isOpen).map(([name]) => name)
}

const useRun = (user: User) => {
  const admin = useAdmin()
  const navigate = useNavigate()
  const words = useWords(user)
  const path = { id: user.id }
  const runs: Readonly<Record<Name, () => Promise<unknown>>> = {
    disable: () => admin.post('/users/{id}/disable', { path }),
    enable: () => admin.post('/users/{id}/enable', { path }),
    unlock: () => admin.post('/users/{id}/unlock', { path }),
    reset: () => admin.post('/users/{id}/password-reset', { path }),
    delete: () => admin.delete('/users/{id}', { path }),
  }
  return (done: () => void) => ({
    run: (name: Name) => runs[name](),
    said: (_: unknown, name: Name) => words[name].said,
    refresh: keysOf(user.id),
    done: (_: unknown, name: Name) => {
      done()
      return name === 'delete' ? navigate({ to: '/users' }) : undefined
    },
  })
}

/** What can be done with an account as a whole. */
export const UserActions = ({ user }: { readonly user: User }) => {
  const [asked, setAsked] = useState<Name>()
  const [open, words] = [useOpen(user), useWords(user)]
  const { act, isPending, error, reset } = useAction(useRun(user)(() => setAsked(undefined)))
  const ask = (name: Name): void => {
    reset()
    setAsked(name)
  }
  return (
    <>
      {open.map((name) => (
        <Button key={name} variant="default" {...(name === 'delete' ? { color: 'red', variant: 'outline' } : {})} onClick={() => ask(name)}>
          {words[name].button}
        </Button>
      ))}
      {asked === undefined ? null : (
        <ConfirmDialog
          title={`${words[asked].button}: ${nameOf(user) ?? user.id}`}
          yes={words[asked].button}
          isDangerous={asked === 'disable' || asked === 'delete'}
          {...(asked === 'delete' ? { typed: nameOf(user) ?? String(user.number) } : {})}
          isBusy={isPending}
          error={error}
          onYes={() => act(asked)}
          onClose={() => setAsked(undefined)}
        >
          <p>{words[asked].text}</p>
        </ConfirmDialog>
      )}
    </>
  )
}
