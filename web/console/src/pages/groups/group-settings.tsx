import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { AskButton } from '../../parts/ask-button.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
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
  const { group, etag } = read
  return (
    <>
      <Settings {...read} />
      <Panel title={userGroups.deleteTitle} intro={userGroups.deleteIntro} isDangerous>
        <AskButton
          {...{ label: userGroups.delete, about: group.name, said: userGroups.deleted, refresh: [['groups', 'list']] }}
          {...{ color: 'red', variant: 'outline', typed: group.name.trim() }}
          isDangerous
          run={() => admin.delete('/groups/{id}', { path: { id: group.id }, ifMatch: etag })}
          done={() => navigate({ to: '/groups' })}
        >
          <p>{userGroups.deleteText}</p>
        </AskButton>
      </Panel>
    </>
  )
}
