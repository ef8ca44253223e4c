import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { OrganizationLook, Tagged } from '@custom-identity-platform/sdk'
import { useQuery } from '@tanstack/react-query'
import { AreaLoaded } from './loaded.tsx'
import { Logo } from './logo.tsx'
import { bodyOf, draftOf } from './look-draft.ts'
import { LookFields } from './look-fields.tsx'
import { LookPreview } from './look-preview.tsx'
import { OrganizationPage } from './organization-page.tsx'
import { keyOf, useOrganizationApi } from './queries.ts'
import { FormEnd, isBeside, TaggedForm, useTaggedForm } from './tagged-form.tsx'
import { useWords } from './words.tsx'

const Editor = ({ id, stored }: { readonly id: string; readonly stored: Tagged<OrganizationLook> }) => {
  const api = useOrganizationApi(id)
  const { branding } = useWords()
  const form = useTaggedForm({
    ...{ id, part: 'look', stored, draftOf, read: api.look, said: branding.saved },
    save: (draft, on) => api.setLook(bodyOf(draft), on),
  })
  const { draft, set, fields } = form
  const shown = ['display_name', 'accent', ...(draft.kind === 'colour' ? ['background'] : [])]
  return (
    <>
      <TaggedForm form={form}>
        <Panel title={branding.title} isOnlyOne>
          <LookFields {...{ draft, set, fields }} />
          <Logo
            {...{ id, logo: draft.logo, onDrop: () => set({ logo: null }) }}
            onUploaded={({ saved, on }) => form.keepOthers(saved, on, { logo: saved.body.logo })}
          />
          <FormEnd form={form} isSaid={isBeside(form, ...shown)} />
        </Panel>
      </TaggedForm>
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
