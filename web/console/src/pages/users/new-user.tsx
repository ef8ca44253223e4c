import { TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { useForm } from '../../parts/use-form.ts'

const blank = { username: '', email: '', email_verified: false, send_reset: true }

const useNewUser = () => {
  const admin = useAdmin()
  const navigate = useNavigate()
  const { users } = useMessages()
  const key = useRef({ of: '', key: '' })
  // A retry of the same after a lost answer makes no second account.
  const keyOf = (draft: typeof blank): string => {
    const of = JSON.stringify(draft)
    if (key.current.of !== of) key.current = { of, key: crypto.randomUUID() }
    return key.current.key
  }
  return useForm({
    stored: { draft: blank, etag: undefined },
    save: async (draft) => {
      const names = { username: draft.username.trim(), email: draft.email.trim() }
      return (await admin.post('/users', { body: { ...draft, ...names }, idempotencyKey: keyOf(draft) })).body
    },
    said: users.added,
    done: ({ id }) => navigate({ to: `/users/${id}`, replace: true }),
  })
}

export const Page = () => {
  const { sections, users } = useMessages()
  const form = useNewUser()
  const { draft, set, errors } = form
  return (
    <>
      <PageHead title={users.add} up={{ to: '/users', title: sections.users }} />
      <FormPanel title={users.profile} intro={users.addIntro} form={form} submit={users.addSubmit} isChange={false}>
        <div className="fields">
          <TextInput
            label={users.name}
            value={draft.username}
            error={errors['username']}
            autoComplete="off"
            autoFocus
            onChange={(event) => set({ username: event.currentTarget.value })}
          />
          <TextInput
            label={users.email}
            type="email"
            value={draft.email}
            error={errors['email']}
            autoComplete="off"
            onChange={(event) => set({ email: event.currentTarget.value })}
          />
        </div>
        <Checkbox label={users.emailVerified} isChecked={draft.email_verified} onChange={(email_verified) => set({ email_verified })} />
        <Checkbox label={users.sendReset} isChecked={draft.send_reset} onChange={(send_reset) => set({ send_reset })} />
      </FormPanel>
    </>
  )
}
