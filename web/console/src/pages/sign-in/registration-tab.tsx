import { Notice } from '@custom-identity-platform/kit/panel.tsx'
import { useMay, useMessages } from '../../console-context.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import { Choice } from '../../parts/choice.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { JsonText } from '../../parts/json-text.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { SettingHistory } from '../../parts/setting-history.tsx'
import type { Stored } from '../../parts/use-form.ts'
import { useSetting, useSettingForm } from '../../parts/use-setting.ts'

type Registration = {
  readonly mode: 'open' | 'token' | 'off'
  readonly allow_implicit: boolean
  readonly software_statement_issuers: readonly unknown[]
}
type EditorProps = { readonly stored: Stored<Registration>; readonly read: () => Promise<Stored<Registration>> }

const Editor = ({ stored, read }: EditorProps) => {
  const { registration } = useMessages().signInSettings
  const may = useMay()
  const form = useSettingForm<Registration>('registration', { stored, read })
  const { draft, set } = form
  const names = { mode: registration.mode, allow_implicit: registration.implicit, software_statement_issuers: registration.issuers }
  return (
    <>
      <FormPanel title={registration.title} intro={registration.intro} form={form} names={names}>
        <fieldset className="form-group" disabled={!may('settings:write')}>
          <Choice {...{ label: registration.mode, value: draft.mode, words: registration.modes }} onChange={(mode) => set({ mode })} />
          {draft.mode === 'open' ? (
            <Notice kind="warn">
              <p>{registration.openText}</p>
            </Notice>
          ) : null}
          <Checkbox
            {...{ label: registration.implicit, description: registration.implicitHint, isChecked: draft.allow_implicit }}
            onChange={(isAllowed) => set({ allow_implicit: isAllowed })}
          />
          <JsonText
            {...{ label: registration.issuers, description: registration.issuersHint, value: draft.software_statement_issuers }}
            onChange={(issuers) => set({ software_statement_issuers: issuers })}
          />
        </fieldset>
      </FormPanel>
      <SettingHistory name="registration" names={names} />
    </>
  )
}

export const RegistrationTab = () => {
  const { query, read } = useSetting<Registration>('registration')
  return <Loaded query={query}>{(stored) => <Editor {...{ stored, read }} />}</Loaded>
}
