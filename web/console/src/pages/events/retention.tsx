import { NativeSelect } from '@mantine/core'
import { useLocale, useMay, useMessages } from '../../console-context.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { SettingHistory } from '../../parts/setting-history.tsx'
import type { Stored } from '../../parts/use-form.ts'
import { useSetting, useSettingForm } from '../../parts/use-setting.ts'

type Retention = { readonly retention_days: number | null }
type EditorProps = { readonly stored: Stored<Retention>; readonly read: () => Promise<Stored<Retention>> }

const usual = [30, 60, 90, 180, 365, 730, 1825, 3650]

const Editor = ({ stored, read }: EditorProps) => {
  const { retention } = useMessages().events
  const [may, locale] = [useMay(), useLocale()]
  const form = useSettingForm<Retention>('events', { stored, read })
  const { retention_days: days } = form.draft
  const say = new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'long' })
  const all = [...new Set([...usual, ...(days === null ? [] : [days])])].sort((one, other) => one - other)
  const names = { retention_days: retention.days }
  return (
    <>
      <FormPanel title={retention.title} intro={retention.intro} form={form} names={names}>
        <NativeSelect
          {...{ label: retention.days, description: retention.daysHint, value: String(days ?? ''), disabled: !may('settings:write') }}
          data={[{ value: '', label: retention.usual }, ...all.map((one) => ({ value: String(one), label: say.format(one) }))]}
          onChange={({ currentTarget: { value } }) => form.set({ retention_days: value === '' ? null : Number(value) })}
        />
      </FormPanel>
      <SettingHistory name="events" names={names} />
    </>
  )
}

/** How long the events of the tenant are kept. */
export const RetentionPanel = () => {
  const { query, read } = useSetting<Retention>('events')
  return <Loaded query={query}>{(stored) => <Editor {...{ stored, read }} />}</Loaded>
}
