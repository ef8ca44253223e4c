import { Dialog, DialogFoot } from '@custom-identity-platform/kit/dialog.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { Membership } from '@custom-identity-platform/sdk'
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useLanguage, useMessages } from '../account-context.tsx'
import { Problem } from '../parts.tsx'
import { fieldsOf } from '../problem.ts'
import { useAction, useSensitive } from '../step-up.tsx'
import { fromDraft, type HowSent, InvitationFields, inDraft, sendingBody, usualSending } from './invitation-fields.tsx'
import { useOrganizationApi, useRefreshOrganization } from './queries.ts'
import { useWords } from './words.tsx'

type Draft = { readonly email: string; readonly how: HowSent }

const useInviting = ({ id }: Membership) => {
  const [api, refresh, toast] = [useOrganizationApi(id), useRefreshOrganization(id), useToast()]
  const { invitations, area } = useWords()
  const usual = usualSending(useLanguage())
  const [draft, setDraft] = useState<Draft>()
  const sensitive = useSensitive(`invite ${id}`, ({ email = '', ...kept }) => setDraft({ email, how: fromDraft(kept, usual) }), area.stepUp)
  const action = useAction({
    run: ({ email, how }: Draft) => api.invite({ email: email.trim(), ...sendingBody(how) }),
    done: ({ email }) => {
      setDraft(undefined)
      toast(invitations.invited(email))
      return refresh('invitations')
    },
    sensitive,
    draft: ({ email, how }) => ({ email, ...inDraft(how) }),
  })
  const open = (): void => {
    action.reset()
    setDraft({ email: '', how: usual })
  }
  return { ...action, draft, setDraft, open }
}

type FormProps = Omit<ReturnType<typeof useInviting>, 'draft' | 'open' | 'reset'> & {
  readonly membership: Membership
  readonly draft: Draft
}

const Form = ({ membership, draft, setDraft, act, isPending, problem, error }: FormProps) => {
  const { invitations } = useWords()
  const messages = useMessages()
  const wrong = fieldsOf(error, messages)['email']
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        act(draft)
      }}
    >
      <TextInput
        {...{ label: invitations.email, value: draft.email, error: wrong }}
        type="email"
        dir="ltr"
        autoComplete="off"
        autoFocus
        onChange={(event) => setDraft({ ...draft, email: event.currentTarget.value })}
      />
      <InvitationFields membership={membership} how={draft.how} onChange={(how) => setDraft({ ...draft, how })} />
      <Problem>{wrong === undefined ? problem : undefined}</Problem>
      <DialogFoot>
        <Button variant="default" onClick={() => setDraft(undefined)} disabled={isPending}>
          {messages.cancel}
        </Button>
        <Button type="submit" loading={isPending} disabled={draft.email.trim() === '' || draft.how.roles.length === 0}>
          {invitations.invite}
        </Button>
      </DialogFoot>
    </form>
  )
}

/** Invites one address. */
export const Invite = ({ membership }: { readonly membership: Membership }) => {
  const { invitations } = useWords()
  const { draft, open, ...rest } = useInviting(membership)
  return (
    <>
      <Button onClick={open}>{invitations.invite}</Button>
      {draft === undefined ? null : (
        <Dialog title={invitations.inviteTitle} onClose={() => rest.setDraft(undefined)} isBusy={rest.isPending}>
          <Form {...{ ...rest, membership, draft }} />
        </Dialog>
      )}
    </>
  )
}
