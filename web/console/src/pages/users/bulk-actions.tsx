import { pluralIn } from '@custom-identity-platform/kit/plural.ts'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useAdmin, useLanguage, useMay, useMessages } from '../../console-context.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { useAction } from '../../parts/use-action.ts'

const actions = ['disable', 'enable', 'end-sessions', 'delete'] as const
type Action = (typeof actions)[number]

const useBulk = (chosen: readonly string[], onDone: () => void) => {
  const admin = useAdmin()
  const { users } = useMessages()
  const plural = pluralIn(useLanguage())
  const toast = useToast()
  return useAction({
    run: async (action: Action) => (await admin.post('/users/bulk', { body: { action, ids: [...chosen] } })).body.outcomes,
    refresh: [['users']],
    done: (outcomes) => {
      const refused = outcomes.filter(({ outcome }) => outcome === 'refused')
      const why = new Set(refused.map(({ detail }) => detail))
      const done = plural(outcomes.filter(({ outcome }) => outcome === 'done').length, users.bulk.done)
      toast(refused.length === 0 ? done : `${done} ${plural(refused.length, users.bulk.refused)}: ${[...why].join(' ')}`)
      onDone()
    },
  })
}

type BulkProps = { readonly chosen: readonly string[]; readonly onDone: () => void }

/** What can be done with several accounts at once. */
export const BulkActions = ({ chosen, onDone }: BulkProps) => {
  const { parts, users } = useMessages()
  const may = useMay()
  const plural = pluralIn(useLanguage())
  const [asked, setAsked] = useState<Action>()
  const end = (): void => {
    setAsked(undefined)
    onDone()
  }
  const { act, isPending, error, reset } = useBulk(chosen, end)
  if (chosen.length === 0) return null
  const open = actions.filter((action) => action !== 'delete' || may('users:delete'))
  return (
    <section className="bulk" aria-label={users.bulk.label}>
      <span role="status">{plural(chosen.length, parts.selected)}</span>
      {open.map((action) => (
        <Button
          key={action}
          size="xs"
          variant="default"
          {...(action === 'delete' ? { color: 'red', variant: 'outline' } : {})}
          onClick={() => {
            reset()
            setAsked(action)
          }}
        >
          {users.bulk[action]}
        </Button>
      ))}
      {asked === undefined ? null : (
        <ConfirmDialog
          title={plural(chosen.length, users.bulk.title[asked])}
          yes={users.bulk[asked]}
          isDangerous={asked === 'delete' || asked === 'disable'}
          isBusy={isPending}
          error={error}
          onYes={() => act(asked)}
          onClose={() => setAsked(undefined)}
        >
          <p>{users.bulk.ask[asked]}</p>
        </ConfirmDialog>
      )}
    </section>
  )
}
