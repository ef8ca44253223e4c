import { TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { useForm } from '../../parts/use-form.ts'
import { madeOf } from '../../waiting.ts'
import { bodyOf, type Draft, isTtl, ResourceFields } from './resource-form.tsx'

type NewDraft = Draft & { readonly identifier: string }

const blank: NewDraft = { identifier: '', name: '', scopes: '', ttl: '', algorithm: 'RS256', format: 'jwt', claims: [] }

export const Page = () => {
  const admin = useAdmin()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { sections, resources } = useMessages()
  const form = useForm({
    stored: { draft: blank, etag: undefined },
    save: async (draft: NewDraft) =>
      madeOf(await admin.post('/resources', { body: { identifier: draft.identifier.trim(), ...bodyOf(draft) } })),
    said: resources.added,
    done: async ({ identifier }) => {
      await queries.invalidateQueries({ queryKey: ['resources', 'list'] })
      await navigate({ to: `/resources/${encodeURIComponent(identifier)}`, replace: true })
    },
  })
  const guarded = { ...form, submit: isTtl(form.draft.ttl) ? form.submit : () => undefined }
  return (
    <>
      <PageHead title={resources.add} up={{ to: '/resources', title: sections.resources }} />
      <FormPanel title={resources.settings} intro={resources.addIntro} form={guarded} submit={resources.add} isChange={false}>
        <TextInput
          {...{ label: resources.identifier, description: resources.identifierHint, value: form.draft.identifier }}
          error={form.errors['identifier']}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          onChange={(event) => form.set({ identifier: event.currentTarget.value })}
        />
        <ResourceFields {...form} />
      </FormPanel>
    </>
  )
}
