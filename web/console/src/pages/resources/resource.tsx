import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { AskButton } from '../../parts/ask-button.tsx'
import { CopyField } from '../../parts/copy-field.tsx'
import { DefinitionList } from '../../parts/definition-list.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { useForm } from '../../parts/use-form.ts'
import { bodyOf, type Draft, draftOf, isTtl, type Resource, ResourceFields } from './resource-form.tsx'
import { Verify } from './verify.tsx'

type Read = { readonly resource: Resource; readonly etag: string | undefined }

const keysOf = (identifier: string) => [
  ['resources', 'one', identifier],
  ['resources', 'list'],
]

const Settings = ({ resource, etag }: Read) => {
  const admin = useAdmin()
  const queries = useQueryClient()
  const { resources } = useMessages()
  const { identifier } = resource
  const form = useForm({
    stored: { draft: draftOf(resource), etag },
    save: (draft: Draft, { ifMatch }) => admin.patch('/resources/{identifier}', { path: { identifier }, body: bodyOf(draft), ifMatch }),
    reload: async () => {
      const now = await admin.get('/resources/{identifier}', { path: { identifier } })
      return { draft: draftOf(now.body), etag: now.etag }
    },
    done: () => Promise.all(keysOf(identifier).map((queryKey) => queries.invalidateQueries({ queryKey }))),
  })
  const guarded = { ...form, submit: isTtl(form.draft.ttl) ? form.submit : () => undefined }
  const { name, scopes, ttl, algorithm, format, claims } = resources
  return (
    <FormPanel
      title={resources.settings}
      intro={resources.settingsIntro}
      form={guarded}
      names={{ name, scopes, ttl, algorithm, format, claims }}
    >
      <ResourceFields {...form} />
    </FormPanel>
  )
}

const Facts = ({ resource }: Pick<Read, 'resource'>) => {
  const { resources, parts } = useMessages()
  const claims = resource.access_claims.map((one) => resources.claimNames[one] ?? one).join(', ')
  return (
    <Panel title={resources.settings}>
      <DefinitionList
        entries={[
          { term: resources.scopes, value: <span className="mono">{resource.scopes.join(' ') || parts.none}</span> },
          {
            term: resources.format,
            value: `${resources.shortFormats[resource.token_format]}. ${resources.formats[resource.token_format]}`,
          },
          { term: resources.algorithm, value: resource.signing_algorithm },
          { term: resources.ttl, value: resource.access_token_ttl_seconds ?? resources.ttlUsual },
          { term: resources.claims, value: claims || parts.none },
        ]}
      />
    </Panel>
  )
}

const Danger = ({ resource: { identifier, name } }: Pick<Read, 'resource'>) => {
  const admin = useAdmin()
  const navigate = useNavigate()
  const { resources } = useMessages()
  return (
    <Panel title={resources.deleteTitle} intro={resources.deleteIntro} isDangerous>
      <AskButton
        {...{ label: resources.delete, about: name, said: resources.deleted, refresh: [['resources', 'list']] }}
        {...{ color: 'red', variant: 'outline', typed: identifier }}
        isDangerous
        run={() => admin.delete('/resources/{identifier}', { path: { identifier } })}
        done={() => navigate({ to: '/resources' })}
      >
        <p>{resources.deleteText}</p>
      </AskButton>
    </Panel>
  )
}

const Details = (read: Read) => {
  const { sections, resources } = useMessages()
  const may = useMay()
  const { name, identifier } = read.resource
  return (
    <>
      <PageHead
        title={name}
        up={{ to: '/resources', title: sections.resources }}
        text={<CopyField value={identifier} label={resources.identifier} />}
      />
      {may('resources:write') ? <Settings {...read} /> : <Facts {...read} />}
      <Verify resource={read.resource} />
      {may('resources:write') ? <Danger {...read} /> : null}
    </>
  )
}

export const Page = () => {
  const { id = '' } = useParams({ strict: false }) as { readonly id?: string }
  const admin = useAdmin()
  const query = useQuery({
    queryKey: ['resources', 'one', id],
    queryFn: async ({ signal }): Promise<Read> => {
      const { body, etag } = await admin.get('/resources/{identifier}', { path: { identifier: id }, signal })
      return { resource: body, etag }
    },
  })
  return <Loaded query={query}>{(read) => <Details {...read} />}</Loaded>
}
