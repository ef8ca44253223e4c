import { Panel, Pill, Row, Rows } from '@custom-identity-platform/kit/panel.tsx'
import type { Member, Membership, OrganizationRole } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { When } from '../parts.tsx'
import { useMe } from '../queries.ts'
import type { Subject } from './ask-first.tsx'
import { LoadedRows } from './loaded.tsx'
import { ChangeRoles, RemoveMember } from './member-actions.tsx'
import { may, OrganizationPage } from './organization-page.tsx'
import { useMembers, useRoles } from './queries.ts'
import { allowedBy, useRoleNames } from './role-words.ts'
import { useWords } from './words.tsx'

const memberName = ({ username, email }: Member): string => username ?? email ?? '?'

type Choose = (chosen: { readonly id: string; readonly name: string; readonly roles: readonly string[] }) => void
type OneProps = {
  readonly member: Member
  readonly membership: Membership
  readonly roles: readonly OrganizationRole[]
  readonly onChange: Choose
  readonly onRemove: (subject: Subject) => void
}

/** Nobody changes somebody who may do more; before the roles are there, nothing is offered. */
const isAbove = ({ roles: held }: Member, roles: readonly OrganizationRole[], { permissions }: Membership): boolean =>
  [...allowedBy(roles, held)].some((one) => !permissions.includes(one))

const Actions = ({ member, membership, roles, onChange, onRemove }: OneProps) => {
  const { members } = useWords()
  const { data: me } = useMe()
  const name = memberName(member)
  const chosen = { id: member.id, name, roles: member.roles }
  if (roles.length === 0 || isAbove(member, roles, membership)) return null
  return (
    <>
      {may(membership, 'roles:write') ? (
        <Button variant="default" size="xs" aria-label={members.changeOf(name)} onClick={() => onChange(chosen)}>
          {members.change}
        </Button>
      ) : null}
      {may(membership, 'members:write') && me?.id !== member.id ? (
        <Button variant="subtle" color="red" size="xs" aria-label={members.removeOf(name)} onClick={() => onRemove(chosen)}>
          {members.remove}
        </Button>
      ) : null}
    </>
  )
}

const One = (props: OneProps) => {
  const { member, membership, roles } = props
  const { members } = useWords()
  const { data: me } = useMe()
  const namesOf = useRoleNames(membership)
  const [name, isWriting] = [memberName(member), may(membership, 'roles:write') || may(membership, 'members:write')]
  const since = (
    <>
      <bdi>{namesOf(member.roles)}</bdi> · {members.since} <When at={member.joined_at} />
    </>
  )
  return (
    <Row
      mark={<span>{[...name][0]?.toUpperCase()}</span>}
      title={<bdi>{name}</bdi>}
      pill={me?.id === member.id ? <Pill kind="good">{members.you}</Pill> : null}
      lines={[
        member.email === null || member.email === name ? null : <bdi key="email">{member.email}</bdi>,
        since,
        isWriting && isAbove(member, roles, membership) ? members.above : null,
      ]}
      actions={<Actions {...props} />}
    />
  )
}

const Members = ({ membership }: { readonly membership: Membership }) => {
  const { members } = useWords()
  const { data: roles = [] } = useRoles(membership)
  const query = useMembers(membership.id)
  return (
    <ChangeRoles membership={membership}>
      {(change) => (
        <RemoveMember membership={membership}>
          {(remove) => (
            <Panel isOnlyOne title={members.title}>
              <LoadedRows query={query}>
                {(all) => (
                  <Rows label={members.title}>
                    {all.map((one) => (
                      <One key={one.id} member={one} onChange={change} onRemove={remove} {...{ membership, roles }} />
                    ))}
                  </Rows>
                )}
              </LoadedRows>
            </Panel>
          )}
        </RemoveMember>
      )}
    </ChangeRoles>
  )
}

export const Page = () => {
  const { members } = useWords()
  return (
    <OrganizationPage section="members" intro={members.intro}>
      {(membership) => <Members membership={membership} />}
    </OrganizationPage>
  )
}
