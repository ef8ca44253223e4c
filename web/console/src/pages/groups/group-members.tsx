import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { given } from '../../parts/search-state.ts'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useAction } from '../../parts/use-action.ts'
import { useList } from '../../parts/use-list.ts'
import { usePages } from '../../shell/navigation.tsx'
import { Join } from './join.tsx'

type Member = AdminAnswer<'get', '/groups/{id}/members'>['body']['members'][number]

const nameOf = ({ username, email, number }: Member): string => username ?? email ?? String(number)

const Name = ({ member }: { readonly member: Member }) => {
  const isPage = usePages()
  return isPage('/users') ? <Link to={`/users/${member.id}`}>{nameOf(member)}</Link> : nameOf(member)
}

const useColumns = (onLeave: (member: Member) => void): readonly Column<Member>[] => {
  const { userGroups } = useMessages()
  const may = useMay()
  const columns: readonly Column<Member>[] = [
    { key: 'name', title: userGroups.member, cell: (member) => <Name member={member} /> },
    { key: 'email', title: userGroups.email, isExtra: true, cell: ({ email }) => email },
    { key: 'joined', title: userGroups.joined, isExtra: true, cell: ({ joined_at: at }) => <TimeAgo at={at} /> },
  ]
  if (!may('groups:write')) return columns
  const cell = (member: Member) => (
    <Button size="xs" variant="default" aria-label={`${userGroups.leave}: ${nameOf(member)}`} onClick={() => onLeave(member)}>
      {userGroups.leave}
    </Button>
  )
  return [...columns, { key: 'leave', title: '', cell }]
}

/** Who is in the group, and who joins and leaves. */
export const GroupMembers = ({ id }: { readonly id: string }) => {
  const admin = useAdmin()
  const may = useMay()
  const { userGroups } = useMessages()
  const [asked, setAsked] = useState<Member>()
  const key = ['groups', 'members', id]
  const list = useList({
    key,
    read: async ({ cursor, signal }) => {
      const { body } = await admin.get('/groups/{id}/members', { path: { id }, query: given({ cursor }), signal })
      return { rows: body.members, next: body.next }
    },
  })
  const { act, isPending, error, reset } = useAction({
    run: (member: Member) => admin.delete('/groups/{id}/members/{userId}', { path: { id, userId: member.id } }),
    ...{ said: userGroups.left, refresh: [key], done: () => setAsked(undefined) },
  })
  const columns = useColumns((member) => {
    reset()
    setAsked(member)
  })
  return (
    <Panel title={userGroups.members} intro={userGroups.membersIntro}>
      {may('groups:write') && may('users:read') ? <Join group={id} refresh={key} /> : null}
      <DataTable
        {...{ label: userGroups.members, list, columns }}
        rowKey={(member) => member.id}
        rowName={nameOf}
        empty={{ icon: 'people', title: userGroups.membersNone, text: may('groups:write') ? userGroups.membersNoneText : '' }}
      />
      {asked === undefined ? null : (
        <ConfirmDialog
          {...{ title: `${userGroups.leave}: ${nameOf(asked)}`, yes: userGroups.leave, isBusy: isPending, error }}
          onYes={() => act(asked)}
          onClose={() => setAsked(undefined)}
        >
          <p>{userGroups.leaveText}</p>
        </ConfirmDialog>
      )}
    </Panel>
  )
}
