import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Empty, Panel, Pill, Row, Rows } from '@custom-identity-platform/kit/panel.tsx'
import type { Membership, OrganizationInvitation } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useDay, When } from '../parts.tsx'
import { AskFirst, type Subject } from './ask-first.tsx'
import { Invite } from './invite.tsx'
import { LoadedRows } from './loaded.tsx'
import { may, OrganizationPage } from './organization-page.tsx'
import { useInvitations, useOrganizationApi, useRefreshOrganization } from './queries.ts'
import { useRoleNames } from './role-words.ts'
import { useWords } from './words.tsx'

type Ask = (subject: Subject) => void
type OneProps = {
  readonly invitation: OrganizationInvitation
  readonly membership: Membership
  readonly onResend: Ask
  readonly onRevoke: Ask
}

const kinds: Readonly<Record<string, 'good' | 'warn' | 'plain'>> = { pending: 'warn', accepted: 'good' }

const One = ({ invitation, membership, onResend, onRevoke }: OneProps) => {
  const { invitations } = useWords()
  const [day, namesOf] = [useDay(), useRoleNames(membership)]
  const { id, email, status, roles, sent_at: sent, expires_at: until } = invitation
  const subject = { id, name: email }
  const isOpen = status === 'pending' || status === 'expired'
  const times = (
    <>
      {invitations.sent} <When at={sent} />
      {status === 'pending' ? `, ${invitations.until} ${day(until)}` : ''}
    </>
  )
  return (
    <Row
      mark={<Icon name="mail" />}
      title={<bdi>{email}</bdi>}
      pill={<Pill kind={kinds[status] ?? 'plain'}>{invitations.statuses[status] ?? status}</Pill>}
      lines={[namesOf(roles), times]}
      actions={
        isOpen && may(membership, 'members:write') ? (
          <>
            <Button variant="default" size="xs" aria-label={invitations.resendOf(email)} onClick={() => onResend(subject)}>
              {invitations.resend}
            </Button>
            <Button variant="subtle" color="red" size="xs" aria-label={invitations.revokeOf(email)} onClick={() => onRevoke(subject)}>
              {invitations.revoke}
            </Button>
          </>
        ) : undefined
      }
    />
  )
}

const List = ({ membership, onResend, onRevoke }: Omit<OneProps, 'invitation'>) => {
  const { invitations } = useWords()
  return (
    <LoadedRows query={useInvitations(membership.id)}>
      {(all) =>
        all.length === 0 ? (
          <Empty mark={<Icon name="mail" size={32} />} title={invitations.none}>
            <p>{invitations.noneText}</p>
          </Empty>
        ) : (
          <Rows label={invitations.title}>
            {all.map((one) => (
              <One key={one.id} invitation={one} {...{ membership, onResend, onRevoke }} />
            ))}
          </Rows>
        )
      }
    </LoadedRows>
  )
}

const Invitations = ({ membership }: { readonly membership: Membership }) => {
  const { id } = membership
  const [api, refresh] = [useOrganizationApi(id), useRefreshOrganization(id)]
  const { invitations: words } = useWords()
  const again = { title: words.resendAsk, text: words.resendText, yes: words.resend, said: words.resent, isDangerous: false }
  const back = { title: words.revokeAsk, text: words.revokeText, yes: words.revoke, said: words.revoked }
  const action = may(membership, 'members:write') ? (
    <div className="actions">
      <Button component={Link} to={`/organizations/${id}/invitations/list`} variant="default">
        {words.many}
      </Button>
      <Invite membership={membership} />
    </div>
  ) : undefined
  return (
    <Panel title={words.title} {...(action === undefined ? { isOnlyOne: true } : { action })}>
      <AskFirst intent={`resend ${id}`} {...again} run={api.resendInvitation} refresh={() => refresh('invitations')}>
        {(onResend) => (
          <AskFirst intent={`revoke ${id}`} {...back} run={api.revokeInvitation} refresh={() => refresh('invitations')}>
            {(onRevoke) => <List {...{ membership, onResend, onRevoke }} />}
          </AskFirst>
        )}
      </AskFirst>
    </Panel>
  )
}

export const Page = () => {
  const { invitations } = useWords()
  return (
    <OrganizationPage section="invitations" intro={invitations.intro}>
      {(membership) => <Invitations membership={membership} />}
    </OrganizationPage>
  )
}
