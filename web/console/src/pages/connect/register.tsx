import { ApiError } from '@custom-identity-platform/sdk'
import { Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { type Form, useForm } from '../../parts/use-form.ts'
import { madeOf } from '../../waiting.ts'
import { bodyOf, type Draft, type KindName, kinds, type StackName, usualAddresses } from './kinds.ts'

type Made = { readonly id: string; readonly secret: string | undefined }
type Props = { readonly kind: KindName; readonly stack: StackName; readonly onMade: (made: Made) => void }

const useRegistration = ({ kind, stack, onMade }: Props) => {
  const admin = useAdmin()
  const { connect } = useMessages()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const key = useRef({ of: '', key: '' })
  const { redirects, postLogout } = usualAddresses(kind, stack)
  const draft: Draft = {
    ...{ name: connect.usualName, firstParty: true, scope: '' },
    ...{ redirects: redirects.join('\n'), postLogout: postLogout.join('\n') },
  }
  return useForm({
    stored: { draft, etag: undefined },
    save: async (wanted: Draft) => {
      const body = bodyOf(kind, wanted)
      const of = JSON.stringify(body)
      // A retry of the same after a lost answer registers no second one.
      if (key.current.of !== of) key.current = { of, key: crypto.randomUUID() }
      return madeOf(await admin.post('/clients', { body, idempotencyKey: key.current.key }))
    },
    said: connect.made,
    done: async ({ id, client_secret: secret }) => {
      onMade({ id, secret })
      await queries.invalidateQueries({ queryKey: ['clients', 'list'] })
      await navigate({ to: '.', search: { kind, stack, client: id } })
    },
  })
}

const Addresses = ({ form }: { readonly form: Form<Draft> }) => {
  const { connect } = useMessages()
  const { draft, set, error } = form
  const wrong = error instanceof ApiError && error.code === 'invalid-redirect-uri' ? error.message : undefined
  return (
    <>
      <Textarea
        label={connect.redirects}
        description={connect.redirectsHint}
        value={draft.redirects}
        error={wrong}
        autosize
        minRows={2}
        spellCheck={false}
        onChange={(event) => set({ redirects: event.currentTarget.value })}
      />
      <Textarea
        label={connect.postLogout}
        value={draft.postLogout}
        autosize
        minRows={1}
        spellCheck={false}
        onChange={(event) => set({ postLogout: event.currentTarget.value })}
      />
    </>
  )
}

/** Name and addresses, with what fits the code that follows. */
export const Register = (props: Props) => {
  const { connect } = useMessages()
  const form = useRegistration(props)
  const { draft, set } = form
  const isNameless = draft.name.trim() === ''
  const guarded = { ...form, submit: isNameless ? () => undefined : form.submit }
  return (
    <FormPanel title={connect.register} intro={connect.registerIntro} form={guarded} submit={connect.submit} isChange={false}>
      <TextInput
        label={connect.name}
        description={connect.nameHint}
        value={draft.name}
        error={isNameless ? connect.needName : undefined}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      {kinds[props.kind].hasRedirects ? <Addresses form={form} /> : null}
      {props.kind === 'machine' ? (
        <TextInput
          label={connect.scope}
          description={connect.scopeHint}
          value={draft.scope}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => set({ scope: event.currentTarget.value })}
        />
      ) : (
        <Checkbox
          label={connect.firstParty}
          description={connect.firstPartyHint}
          isChecked={draft.firstParty}
          onChange={(firstParty) => set({ firstParty })}
        />
      )}
    </FormPanel>
  )
}
