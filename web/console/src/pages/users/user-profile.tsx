import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { changesOf, draftOf, type Field, fieldsOf } from '@custom-identity-platform/kit/schema-fields.ts'
import { SchemaForm } from '@custom-identity-platform/kit/schema-form.tsx'
import { TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import { CopyField } from '../../parts/copy-field.tsx'
import { DefinitionList } from '../../parts/definition-list.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { JsonView } from '../../parts/json-view.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { useSchemaWords } from '../../parts/schema-words.ts'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { type Stored, useForm } from '../../parts/use-form.ts'
import { keysOf, type User } from './user-parts.tsx'

type Props = { readonly user: User; readonly etag: string | undefined }
type Names = { readonly username: string; readonly email: string; readonly email_verified: boolean }
type Draft = Names & { readonly attributes: ReturnType<typeof draftOf> }

const storedOf = ({ user, etag }: Props, fields: readonly Field[]): Stored<Draft> => ({
  draft: {
    username: user.username ?? '',
    email: user.email ?? '',
    email_verified: user.email_verified,
    attributes: draftOf(fields, user.attributes),
  },
  etag,
})

/** Only what differs goes out: an address that stays is not told of, and an attribute that stays is not checked. */
const bodyOf = (draft: Draft, before: Draft, fields: readonly Field[]) => {
  const attributes = changesOf(fields, { before: before.attributes, after: draft.attributes })
  const isMoved = draft.email.trim() !== before.email
  return {
    ...(draft.username.trim() === before.username ? {} : { username: draft.username.trim() }),
    ...(isMoved ? { email: draft.email.trim() } : {}),
    ...(isMoved || draft.email_verified !== before.email_verified ? { email_verified: draft.email_verified } : {}),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
  }
}

const useProfileForm = (props: Props, fields: readonly Field[]) => {
  const admin = useAdmin()
  const queries = useQueryClient()
  const { id } = props.user
  return useForm<Draft, unknown>({
    stored: storedOf(props, fields),
    save: (draft, { before, ifMatch }) => admin.patch('/users/{id}', { path: { id }, body: bodyOf(draft, before, fields), ifMatch }),
    reload: async () => {
      const { body, etag } = await admin.get('/users/{id}', { path: { id } })
      return storedOf({ user: body, etag }, fields)
    },
    done: () => Promise.all(keysOf(id).map((queryKey) => queries.invalidateQueries({ queryKey }))),
  })
}

const within = (errors: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(errors).map(([path, one]) => [path.replace(/^attributes\./, ''), one]))

const ProfileForm = ({ fields, ...props }: Props & { readonly fields: readonly Field[] }) => {
  const { users } = useMessages()
  const words = useSchemaWords()
  const form = useProfileForm(props, fields)
  const { draft, set, errors } = form
  const names = { username: users.name, email: users.email, email_verified: users.verified, attributes: users.attributes }
  return (
    <FormPanel title={users.profile} intro={users.profileIntro} form={form} names={names}>
      <div className="fields">
        <TextInput
          label={users.name}
          value={draft.username}
          error={errors['username']}
          autoComplete="off"
          onChange={(event) => set({ username: event.currentTarget.value })}
        />
        <TextInput
          label={users.email}
          type="email"
          value={draft.email}
          error={errors['email']}
          autoComplete="off"
          onChange={(event) => set({ email: event.currentTarget.value })}
        />
      </div>
      <Checkbox label={users.emailVerified} isChecked={draft.email_verified} onChange={(email_verified) => set({ email_verified })} />
      <SchemaForm {...{ words, fields, draft: draft.attributes }} errors={within(errors)} onChange={(attributes) => set({ attributes })} />
    </FormPanel>
  )
}

const Attributes = ({ user }: Pick<Props, 'user'>) => {
  const { users } = useMessages()
  const isNone = Object.keys(user.attributes).length === 0
  return (
    <Panel title={users.attributes} intro={users.attributesRead}>
      {isNone ? <p className="quiet">{users.noAttributes}</p> : <JsonView value={user.attributes} label={users.attributes} />}
    </Panel>
  )
}

const WithSchema = (props: Props) => {
  const admin = useAdmin()
  const query = useQuery({
    queryKey: ['settings', 'attributes'],
    queryFn: async ({ signal }) => (await admin.get('/settings/attributes', { signal })).body,
  })
  return <Loaded query={query}>{(schema) => <ProfileForm {...props} fields={fieldsOf(schema)} />}</Loaded>
}

const noFields: readonly Field[] = []

/** The form where one may write; the attributes in it where one may read what the tenant knows of people, and beside it where not. */
const Profile = (props: Props) => {
  const may = useMay()
  if (may('users:write') && may('settings:read')) return <WithSchema {...props} />
  return (
    <div className="stack">
      {may('users:write') ? <ProfileForm {...props} fields={noFields} /> : null}
      <Attributes user={props.user} />
    </div>
  )
}

const Facts = ({ user }: Pick<Props, 'user'>) => {
  const { users, parts } = useMessages()
  const groups = user.groups.map(({ name }) => name).join(', ')
  return (
    <Panel title={users.facts}>
      <DefinitionList
        entries={[
          { term: users.id, value: <CopyField value={user.id} label={users.id} /> },
          { term: users.number, value: user.number },
          { term: users.phone, value: user.phone ?? parts.notSet },
          { term: users.language, value: user.language ?? parts.notSet },
          { term: users.groups, value: groups === '' ? parts.none : groups },
          { term: users.created, value: <TimeAgo at={user.created_at} /> },
          { term: users.updated, value: <TimeAgo at={user.updated_at} /> },
          ...(user.deletion_due_at === null ? [] : [{ term: users.deletionDue, value: <TimeAgo at={user.deletion_due_at} /> }]),
        ]}
      />
    </Panel>
  )
}

export const UserProfile = (props: Props) => (
  <div className="two">
    <Profile {...props} />
    <Facts user={props.user} />
  </div>
)
