import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { AskButton } from '../../parts/ask-button.tsx'
import { CopyField } from '../../parts/copy-field.tsx'
import { DefinitionList } from '../../parts/definition-list.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useForm } from '../../parts/use-form.ts'
import { type Draft, OrganizationFields } from './organization-fields.tsx'
import type { Organization } from './organization-parts.tsx'

export type ReadOrganization = { readonly organization: Organization; readonly etag: string | undefined }

const draftOf = ({ name, slug }: Draft): Draft => ({ name, slug })
const keys = [['organizations']]

const Names = ({ organization, etag }: ReadOrganization) => {
  const admin = useAdmin()
  const queries = useQueryClient()
  const { organizations } = useMessages()
  const path = { id: organization.id }
  const form = useForm<Draft, unknown>({
    stored: { draft: draftOf(organization), etag },
    save: ({ name, slug }, { ifMatch }) => admin.patch('/organizations/{id}', { path, body: { name: name.trim(), slug }, ifMatch }),
    reload: async () => {
      const now = await admin.get('/organizations/{id}', { path })
      return { draft: draftOf(now.body), etag: now.etag }
    },
    done: () => queries.invalidateQueries({ queryKey: ['organizations'] }),
  })
  return (
    <FormPanel title={organizations.settings} form={form} names={{ name: organizations.name, slug: organizations.slug }}>
      <OrganizationFields form={form} />
    </FormPanel>
  )
}

const Facts = ({ organization }: Pick<ReadOrganization, 'organization'>) => {
  const { organizations } = useMessages()
  return (
    <Panel title={organizations.settings}>
      <DefinitionList
        entries={[
          { term: organizations.id, value: <CopyField value={organization.id} label={organizations.id} /> },
          { term: organizations.slug, value: <CopyField value={organization.slug} label={organizations.slug} /> },
          { term: organizations.created, value: <TimeAgo at={organization.created_at} /> },
          { term: organizations.updated, value: <TimeAgo at={organization.updated_at} /> },
        ]}
      />
    </Panel>
  )
}

const Danger = ({ organization: { id, name, status }, etag }: ReadOrganization) => {
  const admin = useAdmin()
  const navigate = useNavigate()
  const { organizations } = useMessages()
  const path = { id }
  return (
    <Panel title={organizations.deleteTitle} intro={organizations.deleteIntro} isDangerous>
      <div className="actions">
        {status === 'active' ? (
          <AskButton
            {...{ label: organizations.suspend, about: name, said: organizations.suspended, refresh: keys }}
            isDangerous
            run={() => admin.post('/organizations/{id}/suspend', { path })}
          >
            <p>{organizations.suspendText}</p>
          </AskButton>
        ) : (
          <AskButton
            {...{ label: organizations.resume, about: name, said: organizations.resumed, refresh: keys }}
            run={() => admin.post('/organizations/{id}/resume', { path })}
          >
            <p>{organizations.resumeText}</p>
          </AskButton>
        )}
        <AskButton
          {...{ label: organizations.delete, about: name, said: organizations.deleted, refresh: [['organizations', 'list']] }}
          {...{ color: 'red', variant: 'outline', typed: name.trim() }}
          isDangerous
          run={() => admin.delete('/organizations/{id}', { path, ifMatch: etag })}
          done={() => navigate({ to: '/organizations' })}
        >
          <p>{organizations.deleteText}</p>
        </AskButton>
      </div>
    </Panel>
  )
}

export const OrganizationSettings = (read: ReadOrganization) => {
  const may = useMay()
  return (
    <>
      <Facts organization={read.organization} />
      {may('organizations:write') ? (
        <>
          <Names {...read} />
          <Danger {...read} />
        </>
      ) : null}
    </>
  )
}
