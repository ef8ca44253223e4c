import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { OrganizationLook, Tagged } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMessages } from '../account-context.tsx'
import { Problem } from '../parts.tsx'
import { fieldsOf } from '../problem.ts'
import { AreaLoaded } from './loaded.tsx'
import { Logo } from './logo.tsx'
import { bodyOf, draftOf } from './look-draft.ts'
import { LookFields } from './look-fields.tsx'
import { LookPreview } from './look-preview.tsx'
import { OrganizationPage } from './organization-page.tsx'
import { keyOf, useOrganizationApi } from './queries.ts'
import { Conflict, useTaggedForm } from './tagged-form.tsx'
import { useWords } from './words.tsx'

const Editor = ({ id, stored }: { readonly id: string; readonly stored: Tagged<OrganizationLook> }) => {
  const api = useOrganizationApi(id)
  const messages = useMessages()
  const { branding } = useWords()
  const form = useTaggedForm({
    ...{ id, part: 'look', stored, draftOf, read: api.look, said: branding.saved },
    save: (draft, on) => api.setLook(bodyOf(draft), on),
  })
  const { draft, set, error, problem, isDirty, isSaving } = form
  const fields = fieldsOf(error, messages)
  const isBeside = ['display_name', 'accent', 'background'].some((name) => fields[name] !== undefined)
  return (
    <>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          form.submit()
        }}
      >
        <Panel title={branding.title} isOnlyOne>
          <LookFields {...{ draft, set, fields }} />
          <Logo
            {...{ id, stored, logo: draft.logo, onDrop: () => set({ logo: null }) }}
            onUploaded={(saved) => form.keepOthers(saved, { logo: saved.body.logo })}
          />
          <Conflict {...form} />
          <Problem>{isBeside ? undefined : problem}</Problem>
          <div className="actions">
            <Button type="submit" loading={isSaving} disabled={!isDirty}>
              {messages.save}
            </Button>
          </div>
        </Panel>
      </form>
      <Panel title={branding.preview} intro={branding.previewIntro}>
        <LookPreview draft={draft} />
      </Panel>
    </>
  )
}

const Look = ({ id }: { readonly id: string }) => {
  const api = useOrganizationApi(id)
  const query = useQuery({ queryKey: keyOf(id, 'look'), queryFn: api.look })
  return <AreaLoaded query={query}>{(stored) => <Editor id={id} stored={stored} />}</AreaLoaded>
}

export const Page = () => {
  const { branding } = useWords()
  return (
    <OrganizationPage section="branding" intro={branding.intro}>
      {({ id }) => <Look id={id} />}
    </OrganizationPage>
  )
}
