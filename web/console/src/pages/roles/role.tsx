import { Notice, Panel, Pill } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminBody } from '@custom-identity-platform/sdk'
import { Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { AskButton } from '../../parts/ask-button.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { useForm } from '../../parts/use-form.ts'
import { PermissionPicker } from './permission-picker.tsx'
import { RoleHolders } from './role-holders.tsx'
import type { Role } from './roles.tsx'

type Read = { readonly role: Role; readonly etag: string | undefined }
type Draft = Pick<Role, 'name' | 'description' | 'permissions'>

const draftOf = ({ name, description, permissions }: Role): Draft => ({ name, description, permissions })

const Settings = ({ role, etag }: Read) => {
  const admin = useAdmin()
  const queries = useQueryClient()
  const { roles } = useMessages()
  const path = { role: role.id }
  const form = useForm({
    stored: { draft: draftOf(role), etag },
    save: ({ name, description, permissions }: Draft, { ifMatch }) => {
      const body = { name: name.trim(), description: description.trim(), permissions } as AdminBody<'patch', '/roles/{role}'>
      return admin.patch('/roles/{role}', { path, body, ifMatch })
    },
    reload: async () => {
      const now = await admin.get('/roles/{role}', { path })
      return { draft: draftOf(now.body), etag: now.etag }
    },
    done: () => queries.invalidateQueries({ queryKey: ['roles'] }),
  })
  const { draft, set, errors } = form
  const names = { name: roles.name, description: roles.description, permissions: roles.permissions }
  return (
    <FormPanel title={roles.settings} intro={roles.settingsIntro} form={form} names={names}>
      <div className="fields">
        <TextInput
          {...{ label: roles.name, value: draft.name, error: errors['name'] }}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Textarea
          {...{ label: roles.description, value: draft.description, error: errors['description'] }}
          className="wide"
          maxLength={500}
          onChange={(event) => set({ description: event.currentTarget.value })}
        />
      </div>
      <PermissionPicker chosen={draft.permissions} onChange={(permissions) => set({ permissions })} />
    </FormPanel>
  )
}

const Danger = ({ role, etag }: Read) => {
  const admin = useAdmin()
  const navigate = useNavigate()
  const { roles } = useMessages()
  return (
    <Panel title={roles.deleteTitle} intro={roles.deleteIntro} isDangerous>
      <AskButton
        {...{ label: roles.delete, about: role.name, said: roles.deleted, refresh: [['roles', 'page']], color: 'red', variant: 'outline' }}
        isDangerous
        run={() => admin.delete('/roles/{role}', { path: { role: role.id }, ifMatch: etag })}
        done={() => navigate({ to: '/roles' })}
      >
        <p>{roles.deleteText}</p>
      </AskButton>
    </Panel>
  )
}

const Details = (read: Read) => {
  const { sections, roles } = useMessages()
  const may = useMay()
  const { role } = read
  const isOwn = !role.built_in && may('roles:write')
  return (
    <>
      <PageHead
        title={role.name}
        up={{ to: '/roles', title: sections.roles }}
        pill={<Pill kind="plain">{role.built_in ? roles.builtIn : roles.own}</Pill>}
        text={role.description}
      />
      {isOwn ? (
        <Settings {...read} />
      ) : (
        <Panel title={roles.permissions} intro={roles.permissionsIntro}>
          <div className="stack">
            {role.built_in ? (
              <Notice>
                <p>{roles.builtInText}</p>
              </Notice>
            ) : null}
            <PermissionPicker chosen={role.permissions} />
          </div>
        </Panel>
      )}
      <RoleHolders role={role.id} />
      {isOwn ? <Danger {...read} /> : null}
    </>
  )
}

export const Page = () => {
  const { id = '' } = useParams({ strict: false }) as { readonly id?: string }
  const admin = useAdmin()
  const query = useQuery({
    queryKey: ['roles', 'one', id],
    queryFn: async ({ signal }): Promise<Read> => {
      const { body, etag } = await admin.get('/roles/{role}', { path: { role: id }, signal })
      return { role: body, etag }
    },
  })
  return <Loaded query={query}>{(read) => <Details {...read} />}</Loaded>
}
