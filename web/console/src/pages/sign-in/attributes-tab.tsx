import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useMay, useMessages } from '../../console-context.tsx'
import { AskButton } from '../../parts/ask-button.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import { Choice } from '../../parts/choice.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { JsonText } from '../../parts/json-text.tsx'
import { Lines } from '../../parts/lines.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx'
import { SettingHistory } from '../../parts/setting-history.tsx'
import type { Stored } from '../../parts/use-form.ts'
import { useSetting, useSettingForm } from '../../parts/use-setting.ts'
import {
  kindOf,
  type NewKind,
  type Property,
  type Schema,
  signUpOf,
  withAttribute,
  withEditable,
  withoutAttribute,
  withRequired,
  withSignUp,
} from './attribute-schema.ts'

type Draft = { readonly schema: Schema }
type Row = { readonly name: string; readonly property: Property }
type EditProps = { readonly schema: Schema; readonly onChange: (schema: Schema) => void }

const Add = ({ schema, onChange }: EditProps) => {
  const { attributes } = useMessages().signInSettings
  const blank = { name: '', title: '', kind: 'text' as NewKind, choices: [] as readonly string[] }
  const [draft, setDraft] = useState(blank)
  const { other: _, ...words } = attributes.kinds
  const name = draft.name.trim()
  const isNew = /^[a-zA-Z_][\w.:/-]{0,63}$/.test(name) && schema.properties?.[name] === undefined
  return (
    <AskButton
      label={attributes.add}
      isReady={isNew && (draft.kind !== 'choice' || draft.choices.length > 0)}
      onOpen={() => setDraft(blank)}
      run={async () => onChange(withAttribute(schema, { ...draft, name, title: draft.title.trim() }))}
    >
      <TextInput
        {...{ label: attributes.addName, description: attributes.addNameHint, value: draft.name }}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
      />
      <TextInput
        {...{ label: attributes.addTitle, description: attributes.addTitleHint, value: draft.title }}
        autoComplete="off"
        onChange={(event) => setDraft({ ...draft, title: event.currentTarget.value })}
      />
      <Choice {...{ label: attributes.kind, value: draft.kind, words }} onChange={(kind) => setDraft({ ...draft, kind })} />
      {draft.kind === 'choice' ? (
        <Lines {...{ label: attributes.choices, value: draft.choices }} onChange={(choices) => setDraft({ ...draft, choices })} />
      ) : null}
    </AskButton>
  )
}

const useColumns = ({ schema, onChange }: EditProps): readonly PlainColumn<Row>[] => {
  const { attributes: known, signInSettings } = useMessages()
  const { attributes } = signInSettings
  const may = useMay()
  const titleOf = ({ name, property }: Row) => (typeof property['title'] === 'string' ? property['title'] : known.names[name])
  const columns: readonly PlainColumn<Row>[] = [
    {
      key: 'name',
      title: attributes.name,
      cell: (row) => (
        <>
          {titleOf(row)} <code>{row.name}</code>
        </>
      ),
    },
    { key: 'kind', title: attributes.kind, isExtra: true, cell: ({ property }) => attributes.kinds[kindOf(property)] },
    {
      key: 'required',
      title: attributes.required,
      cell: ({ name }) => (
        <Checkbox
          label={<span className="hidden-text">{`${attributes.required}: ${name}`}</span>}
          isChecked={schema.required?.includes(name) ?? false}
          onChange={(isRequired) => onChange(withRequired(schema, name, isRequired))}
        />
      ),
    },
    {
      key: 'edit',
      title: attributes.editable,
      isExtra: true,
      cell: ({ name, property }) => (
        <Checkbox
          label={<span className="hidden-text">{`${attributes.editable}: ${name}`}</span>}
          isChecked={property['readOnly'] !== true}
          onChange={(isEditable) => onChange(withEditable(schema, name, isEditable))}
        />
      ),
    },
    {
      key: 'sign-up',
      title: attributes.signUp,
      isExtra: true,
      cell: ({ name, property }) => (
        <select
          className="small-select"
          aria-label={`${attributes.signUp}: ${name}`}
          value={signUpOf(property)}
          onChange={(event) => onChange(withSignUp(schema, name, event.currentTarget.value as ReturnType<typeof signUpOf>))}
        >
          {Object.entries(attributes.signUps).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      ),
    },
  ]
  if (!may('settings:write')) return columns
  const cell = ({ name }: Row) => (
    <AskButton
      {...{ label: attributes.remove, about: name, size: 'xs' }}
      isDangerous
      run={async () => onChange(withoutAttribute(schema, name))}
    >
      <p>{attributes.removeText}</p>
    </AskButton>
  )
  return [...columns, { key: 'remove', title: '', cell }]
}

const Attributes = (props: EditProps) => {
  const { attributes } = useMessages().signInSettings
  const rows = Object.entries(props.schema.properties ?? {}).map(([name, property]) => ({ name, property }))
  return (
    <>
      <PlainTable {...{ label: attributes.title, rows, columns: useColumns(props), none: attributes.none }} rowKey={({ name }) => name} />
      <div>
        <Add {...props} />
      </div>
      <details>
        <summary>{attributes.json}</summary>
        <JsonText {...{ label: attributes.json, description: attributes.jsonHint, value: props.schema }} onChange={props.onChange} />
      </details>
    </>
  )
}

type EditorProps = { readonly stored: Stored<Schema>; readonly read: () => Promise<Stored<Schema>> }

const wrap = ({ draft, etag }: Stored<Schema>): Stored<Draft> => ({ draft: { schema: draft }, etag })

const Editor = ({ stored, read }: EditorProps) => {
  const { attributes } = useMessages().signInSettings
  const may = useMay()
  const form = useSettingForm<Draft>('attributes', {
    stored: wrap(stored),
    read: async () => wrap(await read()),
    bodyOf: ({ schema }) => schema,
  })
  return (
    <>
      <FormPanel title={attributes.title} intro={attributes.intro} form={form} names={{ schema: attributes.json }}>
        <fieldset className="form-group" disabled={!may('settings:write')}>
          <Attributes schema={form.draft.schema} onChange={(schema) => form.set({ schema })} />
        </fieldset>
      </FormPanel>
      <SettingHistory name="attributes" />
    </>
  )
}

export const AttributesTab = () => {
  const { query, read } = useSetting<Schema>('attributes')
  return <Loaded query={query}>{(stored) => <Editor {...{ stored, read }} />}</Loaded>
}
