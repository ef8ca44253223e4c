import { Button, TextInput } from '@mantine/core'
import { useMay, useMessages } from '../../console-context.tsx'
import { Choice } from '../../parts/choice.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { SettingHistory } from '../../parts/setting-history.tsx'
import type { Stored } from '../../parts/use-form.ts'
import { useSetting, useSettingForm } from '../../parts/use-setting.ts'

type Access = 'roles' | 'groups' | 'entitlements'
type Mapping = { readonly claim: string; readonly scope: string; readonly attribute?: string; readonly access?: Access }
type Claims = { readonly claims: readonly Mapping[] }
type Source = 'attribute' | Access
type EditorProps = { readonly stored: Stored<Claims>; readonly read: () => Promise<Stored<Claims>> }

const withSource = ({ claim, scope, attribute = '' }: Mapping, source: Source): Mapping =>
  source === 'attribute' ? { claim, scope, attribute } : { claim, scope, access: source }

const One = ({ mapping, onChange, onRemove }: { mapping: Mapping; onChange: (mapping: Mapping) => void; onRemove: () => void }) => {
  const { claims } = useMessages().signInSettings
  return (
    <li className="claim">
      <TextInput
        {...{ label: claims.claim, value: mapping.claim }}
        spellCheck={false}
        onChange={(event) => onChange({ ...mapping, claim: event.currentTarget.value })}
      />
      <Choice
        {...{ label: claims.source, value: mapping.access ?? 'attribute', words: claims.sources as Readonly<Record<Source, string>> }}
        onChange={(source) => onChange(withSource(mapping, source))}
      />
      {mapping.access === undefined ? (
        <TextInput
          {...{ label: claims.attribute, value: mapping.attribute ?? '' }}
          spellCheck={false}
          onChange={(event) => onChange({ ...mapping, attribute: event.currentTarget.value })}
        />
      ) : null}
      <TextInput
        {...{ label: claims.scope, value: mapping.scope }}
        spellCheck={false}
        onChange={(event) => onChange({ ...mapping, scope: event.currentTarget.value })}
      />
      <Button variant="default" size="sm" aria-label={`${claims.remove}: ${mapping.claim}`} onClick={onRemove}>
        {claims.remove}
      </Button>
    </li>
  )
}

const Editor = ({ stored, read }: EditorProps) => {
  const { claims } = useMessages().signInSettings
  const may = useMay()
  const form = useSettingForm<Claims>('claims', { stored, read })
  const all = form.draft.claims
  const setAll = (wanted: readonly Mapping[]): void => form.set({ claims: wanted })
  return (
    <>
      <FormPanel title={claims.title} intro={claims.intro} form={form} names={{ claims: claims.title }}>
        <fieldset className="form-group" disabled={!may('settings:write')}>
          {all.length === 0 ? <p className="quiet">{claims.none}</p> : null}
          <ul className="claims">
            {all.map((mapping, index) => (
              <One
                // biome-ignore lint/suspicious/noArrayIndexKey: a claim has no other name while it is typed
                key={index}
                mapping={mapping}
                onChange={(changed) => setAll(all.with(index, changed))}
                onRemove={() => setAll(all.filter((_, at) => at !== index))}
              />
            ))}
          </ul>
          <div>
            <Button variant="default" onClick={() => setAll([...all, { claim: '', attribute: '', scope: 'profile' }])}>
              {claims.add}
            </Button>
          </div>
        </fieldset>
      </FormPanel>
      <SettingHistory name="claims" names={{ claims: claims.title }} />
    </>
  )
}

export const ClaimsTab = () => {
  const { query, read } = useSetting<Claims>('claims')
  return <Loaded query={query}>{(stored) => <Editor {...{ stored, read }} />}</Loaded>
}
