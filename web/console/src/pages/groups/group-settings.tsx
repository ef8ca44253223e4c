import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { useAction } from '../../parts/use-action.ts'
import { useForm } from '../../parts/use-form.ts'
import { bodyOf, type Draft, GroupFields } from './group-fields.tsx'
import type { Group } from './groups.tsx'

export type ReadGroup = { readonly group: Group; readonly etag: string | undefined }

const draftOf = ({ name, description }: Group): Draft => ({ name, description })

const Settings = ({ group, etag }: ReadGroup) => {
  const admin = useAdmin()
  const queries = useQueryClient()
  const { userGroups } = useMessages()
  const path = { id: group.id }
  const form = useForm<Draft, unknown>({
    stored: { draft: draftOf(group), etag },
    save: (draft, { ifMatch }) => admin.patch('/groups/{id}', { path, body: bodyOf(draft), ifMatch }),
    reload: async () => {
      const now = await admin.get('/groups/{id}', { path })
      return { draft: draftOf(now.body), etag: now.etag }
    },
    done: () => queries.invalidateQueries({ queryKey: ['groups'] }),
  })
  return (
    <FormPanel title={userGroups.settings} form={form} names={{ name: userGroups.name, description: userGroups.description }}>
      <GroupFields form={form} />
    </FormPanel>
  )
}

export const GroupSettings = (read: ReadGroup) => {
  const admin = useAdmin()
  const navigate = useNavigate()
  const { userGroups } = useMessages()
  const [isAsking, setAsking] = useState(false)
  const { group, etag } = read
  const { act, isPending, error, reset } = useAction({
    run: () => admin.delete('/groups/{id}', { path: { id: group.id }, ifMatch: etag }),
    ...{ said: userGroups.deleted, refresh: [['groups', 'list']], done: () => navigate({ to: '/groups' }) },
  })
  return (
    <>
      <Settings {...read} />
      <Panel title={userGroups.deleteTitle} intro={userGroups.deleteIntro} isDangerous>
        <Button
          color="red"
          variant="outline"
          onClick={() => {
            reset()
            setAsking(true)
          }}
        >
          {userGroups.delete}
        </Button>
        {isAsking ? (
          <ConfirmDialog
            {...{ title: `${userGroups.delete}: ${group.name}`, yes: userGroups.delete, isBusy: isPending, error }}
            typed={group.name.trim()}
            onYes={() => act()}
            onClose={() => setAsking(false)}
          >
            <p>{userGroups.deleteText}</p>
          </ConfirmDialog>
        ) : null}
      </Panel>
    </>
  )
}
