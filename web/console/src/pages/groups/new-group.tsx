import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { useForm } from '../../parts/use-form.ts'
import { madeOf } from '../../waiting.ts'
import { bodyOf, type Draft, GroupFields } from './group-fields.tsx'

const blank: Draft = { name: '', description: '' }

export const Page = () => {
  const admin = useAdmin()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { sections, userGroups } = useMessages()
  const form = useForm({
    stored: { draft: blank, etag: undefined },
    save: async (draft: Draft) => madeOf(await admin.post('/groups', { body: bodyOf(draft) })),
    said: userGroups.added,
    done: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['groups', 'list'] })
      await navigate({ to: `/groups/${id}`, replace: true })
    },
  })
  return (
    <>
      <PageHead title={userGroups.add} up={{ to: '/groups', title: sections.groups }} />
      <FormPanel title={userGroups.settings} form={form} submit={userGroups.add} isChange={false}>
        <GroupFields form={form} />
      </FormPanel>
    </>
  )
}
