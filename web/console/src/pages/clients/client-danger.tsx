import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { useAction } from '../../parts/use-action.ts'
import { type Client, keysOf, titleOf } from './client-parts.tsx'

type Name = 'disable' | 'enable' | 'delete'

const useWords = () => {
  const { actions } = useMessages().clients
  return {
    disable: { button: actions.disable, text: actions.disableText, said: actions.disabled },
    enable: { button: actions.enable, text: actions.enableText, said: actions.enabled },
    delete: { button: actions.delete, text: actions.deleteText, said: actions.deleted },
  }
}

const useRun = ({ id }: Client, onDone: () => void) => {
  const admin = useAdmin()
  const navigate = useNavigate()
  const words = useWords()
  const path = { id }
  const runs: Readonly<Record<Name, () => Promise<unknown>>> = {
    disable: () => admin.post('/clients/{id}/disable', { path }),
    enable: () => admin.post('/clients/{id}/enable', { path }),
    delete: () => admin.delete('/clients/{id}', { path }),
  }
  return useAction({
    run: (name: Name) => runs[name](),
    said: (_, name) => words[name].said,
    refresh: keysOf(id),
    done: (_, name) => {
      onDone()
      return name === 'delete' ? navigate({ to: '/clients' }) : undefined
    },
  })
}

/** What shuts an application for a while, or for ever. */
export const ClientDanger = ({ client }: { readonly client: Client }) => {
  const { clients } = useMessages()
  const words = useWords()
  const [asked, setAsked] = useState<Name>()
  const { act, isPending, error, reset } = useRun(client, () => setAsked(undefined))
  const open: readonly Name[] = [client.status === 'active' ? 'disable' : 'enable', 'delete']
  return (
    <Panel title={clients.danger} intro={clients.dangerIntro} isDangerous>
      <div className="actions">
        {open.map((name) => (
          <Button
            key={name}
            variant={name === 'delete' ? 'outline' : 'default'}
            {...(name === 'delete' ? { color: 'red' } : {})}
            onClick={() => {
              reset()
              setAsked(name)
            }}
          >
            {words[name].button}
          </Button>
        ))}
      </div>
      {asked === undefined ? null : (
        <ConfirmDialog
          {...{ title: `${words[asked].button}: ${titleOf(client)}`, yes: words[asked].button, isBusy: isPending, error }}
          isDangerous={asked !== 'enable'}
          {...(asked === 'delete' ? { typed: titleOf(client).trim() } : {})}
          onYes={() => act(asked)}
          onClose={() => setAsked(undefined)}
        >
          <p>{words[asked].text}</p>
        </ConfirmDialog>
      )}
    </Panel>
  )
}
