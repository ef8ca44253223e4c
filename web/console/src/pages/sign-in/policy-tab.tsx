import { useMay, useMessages } from '../../console-context.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { SettingHistory } from '../../parts/setting-history.tsx'
import type { Stored } from '../../parts/use-form.ts'
import { useSetting, useSettingForm } from '../../parts/use-setting.ts'
import { methods, type Policy } from './policy.ts'
import { PolicyFields } from './policy-fields.tsx'
import { Summary } from './summary.tsx'

/** How the members are called where a change is shown. */
const useNames = (): Readonly<Record<string, string>> => {
  const { policy } = useMessages().signInSettings
  return {
    form: policy.form,
    methods: policy.groups.methods,
    second_factor: policy.groups.second,
    second_factor_clients: policy.clients,
    trusted_device_seconds: policy.trusted,
    reauthentication_seconds: policy.reauthentication,
    sign_up: policy.signUp,
    email_proof: policy.emailProof,
    sms_prefixes: policy.smsPrefixes,
    sms_per_hour: policy.smsPerHour,
    passkey_rp_ids: policy.rpIds,
    passkey_origins: policy.origins,
    passkey_attestation: policy.attestation,
    ...Object.fromEntries(methods.map((method) => [`methods.${method}`, policy.methods[method].name])),
  }
}

type EditorProps = { readonly stored: Stored<Policy>; readonly read: () => Promise<Stored<Policy>> }

const Editor = ({ stored, read }: EditorProps) => {
  const { policy } = useMessages().signInSettings
  const may = useMay()
  const names = useNames()
  const form = useSettingForm<Policy>('sign-in', { stored, read })
  return (
    <div className="two">
      <div className="stack">
        <FormPanel title={policy.title} form={form} names={names}>
          <fieldset className="form-group" disabled={!may('settings:write')}>
            <PolicyFields draft={form.draft} set={form.set} />
          </fieldset>
        </FormPanel>
        <SettingHistory name="sign-in" names={names} />
      </div>
      <div className="beside">
        <Summary draft={form.draft} />
      </div>
    </div>
  )
}

/** The sign-in policy as one form, with what it means beside it. */
export const PolicyTab = () => {
  const { query, read } = useSetting<Policy>('sign-in')
  return <Loaded query={query}>{(stored) => <Editor {...{ stored, read }} />}</Loaded>
}
