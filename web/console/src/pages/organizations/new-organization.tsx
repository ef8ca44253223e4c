import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { type FoundPerson, PersonFinder, personName } from '../../parts/person-finder.tsx'
import { type Form, useForm } from '../../parts/use-form.ts'
import { type Draft, OrganizationFields, slugOf } from './organization-fields.tsx'

type NewDraft = Draft & { readonly owner: FoundPerson | null }
const blank: NewDraft = { name: '', slug: '', owner: null }

const Owner = ({ form: { draft, set } }: { readonly form: Form<NewDraft> }) => {
  const { organizations } = useMessages()
  const { owner, ownerHint, ownerPick: pick, ownerDrop, find, findHint, found, foundNone } = organizations
  return (
    <fieldset className="plain-fieldset">
      <legend>{owner}</legend>
      <p className="quiet">{ownerHint}</p>
      {draft.owner === null ? (
        <PersonFinder words={{ find, findHint, found, foundNone, pick }} onPick={(person) => set({ owner: person })} />
      ) : (
        <div className="actions">
          <strong>{personName(draft.owner)}</strong>
          <Button size="xs" variant="default" onClick={() => set({ owner: null })}>
            {ownerDrop}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

export const Page = () => {
  const admin = useAdmin()
  const may = useMay()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { sections, organizations } = useMessages()
  const form = useForm({
    stored: { draft: blank, etag: undefined },
    save: async ({ name, slug, owner }: NewDraft) => {
      const body = { name: name.trim(), slug, ...(owner === null ? {} : { owner_id: owner.id }) }
      return (await admin.post('/organizations', { body })).body
    },
    said: organizations.added,
    done: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['organizations', 'list'] })
      await navigate({ to: `/organizations/${id}`, replace: true })
    },
  })
  const { draft, set } = form
  // The slug follows the name until somebody writes one.
  const rename = (name: string): void => set({ name, ...(draft.slug === slugOf(draft.name) ? { slug: slugOf(name) } : {}) })
  return (
    <>
      <PageHead title={organizations.add} up={{ to: '/organizations', title: sections.organizations }} />
      <FormPanel title={organizations.settings} form={form} submit={organizations.add} isChange={false}>
        <OrganizationFields form={form} onName={rename} />
        {may('users:read') ? <Owner form={form} /> : null}
      </FormPanel>
    </>
  )
}
