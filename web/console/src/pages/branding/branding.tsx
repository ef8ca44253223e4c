import { useMay, useMessages } from '../../console-context.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { SettingHistory } from '../../parts/setting-history.tsx'
import type { Stored } from '../../parts/use-form.ts'
import { useSetting, useSettingForm } from '../../parts/use-setting.ts'
import { type Draft, draftOf, type Look, lookOf } from './look.ts'
import { LookFields } from './look-fields.tsx'
import { Preview } from './preview.tsx'

type EditorProps = { readonly stored: Stored<Look>; readonly read: () => Promise<Stored<Look>> }

const inForm = ({ draft, etag }: Stored<Look>): Stored<Draft> => ({ draft: draftOf(draft), etag })

const Editor = ({ stored, read }: EditorProps) => {
  const { branding: words } = useMessages()
  const may = useMay()
  const form = useSettingForm<Draft>('branding', {
    ...{ stored: inForm(stored), read: async () => inForm(await read()) },
    bodyOf: lookOf,
  })
  const { name, logo, accent, accentDark, radius, background, backgroundDark, css, terms, privacy, help } = words
  const names = { name, logo, accent, radius, background, custom_css: css, terms_url: terms, privacy_url: privacy, help_url: help }
  const onLogo = async (): Promise<void> => {
    const now = inForm(await read())
    form.adopt(now, { logo: now.draft.logo })
  }
  return (
    <div className="two two-preview">
      <div className="stack">
        <FormPanel title={words.look} form={form} names={{ ...names, accentDark, backgroundDark, css, terms, privacy, help }}>
          <fieldset className="form-group" disabled={!may('settings:write')}>
            <LookFields draft={form.draft} set={form.set} onLogo={onLogo} />
          </fieldset>
        </FormPanel>
        <SettingHistory name="branding" names={{ ...names, 'logo.hash': logo }} />
      </div>
      <div className="beside">
        <Preview look={lookOf(form.draft)} />
      </div>
    </div>
  )
}

export const Page = () => {
  const { sections, branding } = useMessages()
  const { query, read } = useSetting<Look>('branding')
  return (
    <>
      <PageHead title={sections.branding} text={branding.intro} />
      <Loaded query={query}>{(stored) => <Editor {...{ stored, read }} />}</Loaded>
    </>
  )
}
