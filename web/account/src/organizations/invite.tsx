import { Dialog, DialogFoot } from '@custom-identity-platform/kit/dialog.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { Membership } from '@custom-identity-platform/sdk'
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useLanguage, useMessages } from '../account-context.tsx'
import { Problem } from '../parts.tsx'
import { fieldsOf } from '../problem.ts'
import { type Sensitive, useAction, useSensitive } from '../step-up.tsx'
import { InvitationFields, sendingBody, usualSending } from './invitation-fields.tsx'
import { useOrganizationApi, useRefreshOrganization } from './queries.ts'
import { useWords } from './words.tsx'

type FormProps = { readonly membership: Membership; readonly sensitive: Sensitive; readonly first: string; readonly onClose: () => void }

const useInviting = ({ membership: { id }, sensitive, onClose }: FormProps) => {
  const [api, refresh, toast] = [useOrganizationApi(id), useRefreshOrganization(id), useToast()]
  const { invitations } = useWords()
  return useAction({
    run: api.invite,
    done: ({ email }) => {
      onClose()
      toast(invitations.invited(email))
      return refresh('invitations')
    },
    sensitive,
    draft: ({ email }) => ({ email }),
  })
}

const Form = (props: FormProps) => {
  const { invitations } = useWords()
  const messages = useMessages()
  const [email, setEmail] = useState(props.first)
  const [how, setHow] = useState(usualSending(useLanguage()))
  const { act, isPending, problem, error } = useInviting(props)
  const wrong = fieldsOf(error, messages)['email']
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        act({ email: email.trim(), ...sendingBody(how) })
      }}
    >
      <TextInput
        {...{ label: invitations.email, value: email, error: wrong }}
        type="email"
        autoComplete="off"
        autoFocus
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <InvitationFields membership={props.membership} how={how} onChange={setHow} />
      <Problem>{wrong === undefined ? problem : undefined}</Problem>
      <DialogFoot>
        <Button variant="default" onClick={props.onClose} disabled={isPending}>
          {messages.cancel}
        </Button>
        <Button type="submit" loading={isPending} disabled={email.trim() === '' || how.roles.length === 0}>
          {invitations.invite}
        </Button>
      </DialogFoot>
    </form>
  )
}

/** Invites one address. */
export const Invite = ({ membership }: { readonly membership: Membership }) => {
  const { invitations, area } = useWords()
  const [first, setFirst] = useState<string>()
  const sensitive = useSensitive(`invite ${membership.id}`, ({ email = '' }) => setFirst(email), area.stepUp)
  const onClose = () => setFirst(undefined)
  return (
    <>
      <Button onClick={() => setFirst('')}>{invitations.invite}</Button>
      {first === undefined ? null : (
        <Dialog title={invitations.inviteTitle} onClose={onClose}>
          <Form {...{ membership, sensitive, first, onClose }} />
        </Dialog>
      )}
    </>
  )
}
