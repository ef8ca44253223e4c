import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { AskButton } from '../../parts/ask-button.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { type FoundPerson, PersonFinder, personName } from '../../parts/person-finder.tsx'
import { given } from '../../parts/search-state.ts'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useList } from '../../parts/use-list.ts'
import { RoleChoice, useRoleNames } from './organization-parts.tsx'

type Member = AdminAnswer<'get', '/organizations/{id}/members'>['body']['members'][number]

const keyOf = (id: string): readonly string[] => ['organizations', 'members', id]

const Add = ({ id }: { readonly id: string }) => {
  const admin = useAdmin()
  const { organizations } = useMessages()
  const { members, find, findHint, found, foundNone, ownerPick: pick, ownerDrop } = organizations
  const [person, setPerson] = useState<FoundPerson>()
  const [roles, setRoles] = useState<readonly string[]>(['member'])
  return (
    <AskButton
      {...{ label: members.add, said: members.added, refresh: [keyOf(id)] }}
      isReady={person !== undefined && roles.length > 0}
      onOpen={() => setPerson(undefined)}
      run={() => admin.post('/organizations/{id}/members', { path: { id }, body: { user_id: person?.id ?? '', roles: [...roles] } })}
    >
      <p>{members.addText}</p>
      {person === undefined ? (
        <PersonFinder words={{ find, findHint, found, foundNone, pick }} onPick={setPerson} />
      ) : (
        <div className="actions">
          <strong>{personName(person)}</strong>
          <Button size="xs" variant="default" onClick={() => setPerson(undefined)}>
            {ownerDrop}
          </Button>
        </div>
      )}
      <RoleChoice chosen={roles} onChange={setRoles} />
    </AskButton>
  )
}

const MemberActions = ({ id, member }: { readonly id: string; readonly member: Member }) => {
  const admin = useAdmin()
  const { members } = useMessages().organizations
  const [roles, setRoles] = useState<readonly string[]>(member.roles)
  const [path, shared] = [{ id, userId: member.id }, { about: personName(member), refresh: [keyOf(id)], size: 'xs' } as const]
  return (
    <div className="actions">
      <AskButton
        {...{ label: members.change, said: members.changed, ...shared }}
        isReady={roles.length > 0}
        onOpen={() => setRoles(member.roles)}
        run={() => admin.put('/organizations/{id}/members/{userId}/roles', { path, body: { roles: [...roles] } })}
      >
        <RoleChoice chosen={roles} onChange={setRoles} />
      </AskButton>
      <AskButton
        {...{ label: members.remove, said: members.removed, ...shared }}
        isDangerous
        run={() => admin.delete('/organizations/{id}/members/{userId}', { path })}
      >
        <p>{members.removeText}</p>
      </AskButton>
    </div>
  )
}

const useColumns = (id: string): readonly Column<Member>[] => {
  const { organizations } = useMessages()
  const may = useMay()
  const namesOf = useRoleNames()
  const columns: readonly Column<Member>[] = [
    {
      key: 'name',
      title: organizations.members.member,
      cell: (member) => (may('users:read') ? <Link to={`/users/${member.id}`}>{personName(member)}</Link> : personName(member)),
    },
    { key: 'email', title: organizations.members.email, isExtra: true, cell: ({ email }) => email },
    { key: 'roles', title: organizations.roles, cell: ({ roles }) => namesOf(roles) },
    { key: 'since', title: organizations.members.since, isExtra: true, cell: ({ joined_at: at }) => <TimeAgo at={at} /> },
  ]
  if (!may('organizations:write')) return columns
  return [...columns, { key: 'do', title: '', cell: (member) => <MemberActions key={member.id} {...{ id, member }} /> }]
}

/** Who belongs to the organization, with which roles. */
export const OrganizationMembers = ({ id }: { readonly id: string }) => {
  const admin = useAdmin()
  const may = useMay()
  const { members } = useMessages().organizations
  const list = useList({
    key: keyOf(id),
    read: async ({ cursor, signal }) => {
      const { body } = await admin.get('/organizations/{id}/members', { path: { id }, query: given({ cursor }), signal })
      return { rows: body.members, next: body.next }
    },
  })
  const action = may('organizations:write') && may('users:read') ? <Add id={id} /> : undefined
  return (
    <Panel title={members.title} intro={members.intro} action={action}>
      <DataTable
        {...{ label: members.title, list, columns: useColumns(id) }}
        rowKey={(member) => member.id}
        rowName={personName}
        empty={{ icon: 'people', title: members.none, text: members.noneText }}
      />
    </Panel>
  )
}
