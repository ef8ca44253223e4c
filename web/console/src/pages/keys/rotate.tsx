import { pluralIn } from '@custom-identity-platform/kit/plural.ts'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useAdmin, useLanguage, useMessages } from '../../console-context.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { useAction } from '../../parts/use-action.ts'

const algorithms = ['RS256', 'ES256', 'PS256', 'EdDSA'] as const

type Draft = { readonly algorithm: string; readonly atOnce: boolean }

const useRotation = (onDone: () => void) => {
  const admin = useAdmin()
  const { keys } = useMessages()
  const plural = pluralIn(useLanguage())
  const toast = useToast()
  return useAction({
    run: async (draft: Draft) => {
      const algorithm = algorithms.find((one) => one === draft.algorithm)
      const body = { ...(algorithm === undefined ? {} : { algorithm }), ...(draft.atOnce ? { at_once: true } : {}) }
      return (await admin.post('/keys/rotate', { body })).body.keys
    },
    refresh: [['keys']],
    done: (rotated) => {
      const count = rotated.filter(({ outcome }) => outcome === 'rotated').length
      toast(count === 0 ? keys.pending : plural(count, keys.rotated))
      onDone()
    },
  })
}

/** Gives keys a successor, with what that means for whoever holds a token. */
export const Rotate = () => {
  const { keys } = useMessages()
  const [isAsking, setAsking] = useState(false)
  const [draft, setDraft] = useState<Draft>({ algorithm: '', atOnce: false })
  const { act, isPending, error, reset } = useRotation(() => setAsking(false))
  return (
    <>
      <Button
        onClick={() => {
          reset()
          setAsking(true)
        }}
      >
        {keys.rotate}
      </Button>
      {isAsking ? (
        <ConfirmDialog
          {...{ title: keys.rotateTitle, yes: keys.rotate, isDangerous: draft.atOnce, isBusy: isPending, error }}
          onYes={() => act(draft)}
          onClose={() => setAsking(false)}
        >
          <p>{keys.rotateText}</p>
          <NativeSelect
            label={keys.which}
            value={draft.algorithm}
            data={[{ value: '', label: keys.whichUsual }, ...algorithms]}
            onChange={(event) => setDraft({ ...draft, algorithm: event.currentTarget.value })}
          />
          <Checkbox
            label={keys.atOnce}
            description={keys.atOnceHint}
            isChecked={draft.atOnce}
            onChange={(atOnce) => setDraft({ ...draft, atOnce })}
          />
        </ConfirmDialog>
      ) : null}
    </>
  )
}
