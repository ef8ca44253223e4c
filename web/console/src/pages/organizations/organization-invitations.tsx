import { Dialog, DialogFoot } from '@custom-identity-platform/kit/dialog.tsx'
import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Button, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAdmin, useLanguage, useMay, useMessages } from '../../console-context.tsx'
import { AskButton } from '../../parts/ask-button.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import { CopyField } from '../../parts/copy-field.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { given } from '../../parts/search-state.ts'
import { StatusPill } from '../../parts/status-pill.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useList } from '../../parts/use-list.ts'
import { InvitationFields, sendingBody, usualSending } from './invitation-fields.tsx'
import { useRoleNames } from './organization-parts.tsx'

type Invitation = AdminAnswer<'get', '/organizations/{id}/invitations'>['body']['invitations'][number]
type Sent = AdminAnswer<'post', '/organizations/{id}/invitations'>['body']
type OnSent = (sent: Sent) => void

const keyOf = (id: string): readonly string[] => ['organizations', 'invitations', id]
const kinds = { pending: 'warn', accepted: 'good', revoked: 'plain', expired: 'plain' } as const

/** The link and its QR code, which the server shows this once. */
const InvitationLink = ({ sent: { link, qr, email }, onDone }: { readonly sent: Sent; readonly onDone: () => void }) => {
  const { close, organizations } = useMessages()
  const { invitations } = organizations
  if (link === null) return null
  return (
    <Dialog title={`${invitations.link}: ${email}`} onClose={onDone}>
      <p>{invitations.linkText}</p>
      <p className="secret">
        <CopyField value={link} label={invitations.link} />
      </p>
      {qr === null ? null : (
        <img className="qr" width={200} height={200} alt={invitations.qr} src={`data:image/svg+xml,${encodeURIComponent(qr)}`} />
      )}
      <DialogFoot>
        <Button onClick={onDone}>{close}</Button>
      </DialogFoot>
    </Dialog>
  )
}

const LinkChoice = ({ isWanted, onChange }: { readonly isWanted: boolean; readonly onChange: (isWanted: boolean) => void }) => {
  const { invitations } = useMessages().organizations
  return <Checkbox label={invitations.withLink} description={invitations.withLinkHint} isChecked={isWanted} onChange={onChange} />
}

const Invite = ({ id, onSent }: { readonly id: string; readonly onSent: OnSent }) => {
  const admin = useAdmin()
  const { invitations } = useMessages().organizations
  const language = useLanguage()
  const [email, setEmail] = useState('')
  const [how, setHow] = useState(usualSending(language))
  const [isLinked, setLinked] = useState(false)
  const body = { email: email.trim(), ...sendingBody(how), with_link: isLinked }
  return (
    <AskButton
      {...{ label: invitations.invite, said: invitations.invited, refresh: [keyOf(id)], variant: 'filled' }}
      isReady={email.trim() !== '' && how.roles.length > 0}
      onOpen={() => setEmail('')}
      run={async () => (await admin.post('/organizations/{id}/invitations', { path: { id }, body })).body}
      done={onSent}
    >
      <TextInput
        {...{ label: invitations.email, value: email }}
        type="email"
        autoComplete="off"
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <InvitationFields how={how} onChange={(members) => setHow((known) => ({ ...known, ...members }))} />
      <LinkChoice isWanted={isLinked} onChange={setLinked} />
    </AskButton>
  )
}

type ActionsProps = { readonly id: string; readonly invitation: Invitation; readonly onSent: OnSent }

const InvitationActions = ({ id, invitation, onSent }: ActionsProps) => {
  const admin = useAdmin()
  const { invitations } = useMessages().organizations
  const [isLinked, setLinked] = useState(false)
  if (invitation.status === 'accepted' || invitation.status === 'revoked') return null
  const path = { id, invitationId: invitation.id }
  const shared = { about: invitation.email, refresh: [keyOf(id)], size: 'xs' } as const
  return (
    <div className="actions">
      <AskButton
        {...{ label: invitations.resend, said: invitations.resent, ...shared }}
        run={async () =>
          (await admin.post('/organizations/{id}/invitations/{invitationId}/resend', { path, body: { with_link: isLinked } })).body
        }
        done={onSent}
      >
        <p>{invitations.resendText}</p>
        <LinkChoice isWanted={isLinked} onChange={setLinked} />
      </AskButton>
      <AskButton
        {...{ label: invitations.revoke, said: invitations.revoked, ...shared }}
        isDangerous
        run={() => admin.delete('/organizations/{id}/invitations/{invitationId}', { path })}
      >
        <p>{invitations.revokeText}</p>
      </AskButton>
    </div>
  )
}

const useColumns = (id: string, onSent: OnSent): readonly Column<Invitation>[] => {
  const { organizations } = useMessages()
  const { invitations } = organizations
  const may = useMay()
  const namesOf = useRoleNames()
  const columns: readonly Column<Invitation>[] = [
    { key: 'email', title: invitations.email, cell: ({ email }) => email },
    { key: 'roles', title: organizations.roles, isExtra: true, cell: ({ roles }) => namesOf(roles) },
    {
      key: 'status',
      title: invitations.status,
      cell: ({ status }) => <StatusPill status={status as keyof typeof kinds} words={invitations.statuses} kinds={kinds} />,
    },
    { key: 'sent', title: invitations.sent, isExtra: true, cell: ({ sent_at: at }) => <TimeAgo at={at} /> },
    { key: 'expires', title: invitations.expires, isExtra: true, cell: ({ expires_at: at }) => <TimeAgo at={at} /> },
  ]
  if (!may('organizations:write')) return columns
  return [...columns, { key: 'do', title: '', cell: (invitation) => <InvitationActions {...{ id, invitation, onSent }} /> }]
}

/** Who was invited, and what became of it. */
export const OrganizationInvitations = ({ id }: { readonly id: string }) => {
  const admin = useAdmin()
  const may = useMay()
  const { invitations } = useMessages().organizations
  const [shown, setShown] = useState<Sent>()
  const list = useList({
    key: keyOf(id),
    read: async ({ cursor, signal }) => {
      const { body } = await admin.get('/organizations/{id}/invitations', { path: { id }, query: given({ cursor }), signal })
      return { rows: body.invitations, next: body.next }
    },
  })
  const action = may('organizations:write') ? (
    <div className="actions">
      <Button component={Link} to={`/organizations/${id}/invite`} variant="default">
        {invitations.many}
      </Button>
      <Invite id={id} onSent={setShown} />
    </div>
  ) : undefined
  return (
    <Panel title={invitations.title} intro={invitations.intro} action={action}>
      <DataTable
        {...{ label: invitations.title, list, columns: useColumns(id, setShown) }}
        rowKey={(one) => one.id}
        rowName={({ email }) => email}
        empty={{ icon: 'mail', title: invitations.none, text: invitations.noneText }}
      />
      {shown === undefined ? null : <InvitationLink sent={shown} onDone={() => setShown(undefined)} />}
    </Panel>
  )
}
