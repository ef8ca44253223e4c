import type { AdminBody } from '@custom-identity-platform/sdk'
import { Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { useForm } from '../../parts/use-form.ts'
import { madeOf } from '../../waiting.ts'
import { PermissionPicker } from './permission-picker.tsx'

type Draft = { readonly id: string; readonly name: string; readonly description: string; readonly permissions: readonly string[] }
const blank: Draft = { id: '', name: '', description: '', permissions: [] }

/** An id as people would choose it for a name. */
const idFor = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 63)

const useNewRole = () => {
  const admin = useAdmin()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { roles } = useMessages()
  return useForm({
    stored: { draft: blank, etag: undefined },
    save: async (draft: Draft) => {
      const body = { ...draft, name: draft.name.trim(), description: draft.description.trim() } as AdminBody<'post', '/roles'>
      return madeOf(await admin.post('/roles', { body }))
    },
    said: roles.added,
    done: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['roles'] })
      await navigate({ to: `/roles/${id}`, replace: true })
    },
  })
}

export const Page = () => {
  const { sections, roles } = useMessages()
  const form = useNewRole()
  const { draft, set, errors } = form
  const rename = (name: string): void => set({ name, ...(draft.id === idFor(draft.name) ? { id: idFor(name) } : {}) })
  return (
    <>
      <PageHead title={roles.add} up={{ to: '/roles', title: sections.roles }} />
      <FormPanel title={roles.settings} intro={roles.addIntro} form={form} submit={roles.add} isChange={false}>
        <div className="fields">
          <TextInput
            {...{ label: roles.name, value: draft.name, error: errors['name'] }}
            maxLength={100}
            autoComplete="off"
            autoFocus
            onChange={(event) => rename(event.currentTarget.value)}
          />
          <TextInput
            {...{ label: roles.id, description: roles.idHint, value: draft.id, error: errors['id'] }}
            maxLength={63}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => set({ id: event.currentTarget.value })}
          />
          <Textarea
            {...{ label: roles.description, description: roles.descriptionHint, value: draft.description, error: errors['description'] }}
            className="wide"
            maxLength={500}
            onChange={(event) => set({ description: event.currentTarget.value })}
          />
        </div>
        <PermissionPicker chosen={draft.permissions} onChange={(permissions) => set({ permissions })} />
      </FormPanel>
    </>
  )
}
