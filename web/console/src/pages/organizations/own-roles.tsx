import { Panel, Pill } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { AskButton } from '../../parts/ask-button.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx'
import { type OrganizationRole, rolesKey, useOrganizationRoles } from './organization-parts.tsx'

type Permission = AdminAnswer<'get', '/organization-roles'>['body']['permissions'][number]
type Draft = { readonly id: string; readonly name: string; readonly description: string; readonly permissions: readonly string[] }
type FieldsProps = {
  readonly draft: Draft
  readonly all: readonly Permission[]
  readonly isNew: boolean
  readonly onChange: (members: Partial<Draft>) => void
}

const blank: Draft = { id: '', name: '', description: '', permissions: ['members:read'] }
const refresh = [rolesKey]

const Fields = ({ draft, all, isNew, onChange }: FieldsProps) => {
  const { organizations } = useMessages()
  const { ownRoles } = organizations
  return (
    <>
      {isNew ? (
        <TextInput
          {...{ label: ownRoles.id, description: ownRoles.idHint, value: draft.id }}
          autoComplete="off"
          spellCheck={false}
          maxLength={63}
          onChange={(event) => onChange({ id: event.currentTarget.value.toLowerCase() })}
        />
      ) : null}
      <TextInput
        {...{ label: organizations.name, value: draft.name }}
        maxLength={100}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        {...{ label: ownRoles.description, description: ownRoles.descriptionHint, value: draft.description }}
        maxLength={500}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
      <fieldset className="plain-fieldset">
        <legend>{ownRoles.permissions}</legend>
        {all.map(({ id, description }) => (
          <Checkbox
            key={id}
            label={<span className="mono">{id}</span>}
            description={description}
            isChecked={draft.permissions.includes(id)}
            onChange={(isWanted) =>
              onChange({ permissions: isWanted ? [...draft.permissions, id] : draft.permissions.filter((one) => one !== id) })
            }
          />
        ))}
      </fieldset>
    </>
  )
}

const bodyOf = ({ name, description, permissions }: Draft) => ({
  name: name.trim(),
  description: description.trim(),
  permissions: [...permissions] as never,
})

const New = ({ all }: Pick<FieldsProps, 'all'>) => {
  const admin = useAdmin()
  const { ownRoles } = useMessages().organizations
  const [draft, setDraft] = useState(blank)
  return (
    <AskButton
      {...{ label: ownRoles.add, said: ownRoles.added, refresh, variant: 'filled' }}
      isReady={draft.id.length > 1 && draft.name.trim() !== ''}
      onOpen={() => setDraft(blank)}
      run={() => admin.post('/organization-roles', { body: { id: draft.id, ...bodyOf(draft) } })}
    >
      <Fields {...{ draft, all }} isNew onChange={(members) => setDraft((known) => ({ ...known, ...members }))} />
    </AskButton>
  )
}

const RoleActions = ({ role, all }: Pick<FieldsProps, 'all'> & { readonly role: OrganizationRole }) => {
  const admin = useAdmin()
  const { ownRoles } = useMessages().organizations
  const [draft, setDraft] = useState<Draft>(role)
  const [path, shared] = [{ role: role.id }, { about: role.name, refresh, size: 'xs' } as const]
  const etag = async () => (await admin.get('/organization-roles/{role}', { path })).etag
  return (
    <div className="actions">
      <AskButton
        {...{ label: ownRoles.change, said: ownRoles.changed, ...shared }}
        isReady={draft.name.trim() !== ''}
        onOpen={() => setDraft(role)}
        run={async () => admin.patch('/organization-roles/{role}', { path, body: bodyOf(draft), ifMatch: await etag() })}
      >
        <Fields {...{ draft, all }} isNew={false} onChange={(members) => setDraft((known) => ({ ...known, ...members }))} />
      </AskButton>
      <AskButton
        {...{ label: ownRoles.delete, said: ownRoles.deleted, ...shared }}
        isDangerous
        run={async () => admin.delete('/organization-roles/{role}', { path, ifMatch: await etag() })}
      >
        <p>{ownRoles.deleteText}</p>
      </AskButton>
    </div>
  )
}

const useColumns = (all: readonly Permission[]): readonly PlainColumn<OrganizationRole>[] => {
  const { organizations } = useMessages()
  const { ownRoles } = organizations
  const may = useMay()
  const columns: readonly PlainColumn<OrganizationRole>[] = [
    { key: 'name', title: organizations.name, cell: ({ name }) => <strong>{name}</strong> },
    { key: 'description', title: ownRoles.description, isExtra: true, cell: ({ description }) => description },
    {
      key: 'permissions',
      title: ownRoles.permissions,
      isExtra: true,
      cell: ({ permissions }) => <span className="mono">{permissions.join(' ')}</span>,
    },
    {
      key: 'kind',
      title: ownRoles.kind,
      cell: ({ built_in: isBuiltIn }) => <Pill kind={isBuiltIn ? 'plain' : 'good'}>{isBuiltIn ? ownRoles.builtIn : ownRoles.own}</Pill>,
    },
  ]
  if (!may('organizations:write')) return columns
  return [...columns, { key: 'do', title: '', cell: (role) => (role.built_in ? null : <RoleActions {...{ role, all }} />) }]
}

const Roles = ({ roles, permissions }: AdminAnswer<'get', '/organization-roles'>['body']) => {
  const { ownRoles } = useMessages().organizations
  const may = useMay()
  const columns = useColumns(permissions)
  return (
    <Panel title={ownRoles.title} action={may('organizations:write') ? <New all={permissions} /> : undefined}>
      <PlainTable {...{ label: ownRoles.title, rows: roles, columns, none: ownRoles.none }} rowKey={({ id }) => id} />
    </Panel>
  )
}

/** Roles that members can be given inside any organization of the tenant. */
export const Page = () => {
  const { sections, organizations } = useMessages()
  return (
    <>
      <PageHead
        title={organizations.ownRoles.title}
        text={organizations.ownRoles.intro}
        up={{ to: '/organizations', title: sections.organizations }}
      />
      <Loaded query={useOrganizationRoles()}>{(read) => <Roles {...read} />}</Loaded>
    </>
  )
}
