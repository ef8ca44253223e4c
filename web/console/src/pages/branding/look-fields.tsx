import { Button, FileButton, Textarea, TextInput } from '@mantine/core'
import { useAdmin, useConsole, useMessages } from '../../console-context.tsx'
import { Choice } from '../../parts/choice.tsx'
import { Problem } from '../../parts/failure.tsx'
import { useAction } from '../../parts/use-action.ts'
import { settingKey } from '../../parts/use-setting.ts'
import type { Draft } from './look.ts'

type Props = { readonly draft: Draft; readonly set: (members: Partial<Draft>) => void }
type TextName = Exclude<keyof Draft, 'logo' | 'radius' | 'css'>

/** The logo is uploaded by itself: it counts at once, and the rest of the form is left as it is. */
const Logo = ({ draft, set }: Props) => {
  const admin = useAdmin()
  const { base } = useConsole().console
  const { branding } = useMessages()
  const { act, error, isPending } = useAction({
    run: async (file: File) => {
      const { etag } = await admin.get('/settings/branding')
      return admin.put('/settings/branding/logo', { body: file, ifMatch: etag })
    },
    ...{ said: branding.logoUploaded, refresh: [settingKey('branding'), ['changes']] },
  })
  return (
    <div className="stack-tight">
      <p className="field-name">{branding.logo}</p>
      <p className="quiet">{branding.logoHint}</p>
      {draft.logo == null ? null : (
        <img className="logo-now" alt={branding.logoNow} src={`${base.replace(/\/console$/, '')}/branding/logo/${draft.logo.hash}`} />
      )}
      <div className="actions">
        <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => (file === null ? undefined : act(file))}>
          {(props) => (
            <Button {...props} variant="default" size="xs" loading={isPending}>
              {branding.logoUpload}
            </Button>
          )}
        </FileButton>
        {draft.logo == null ? null : (
          <Button variant="subtle" size="xs" onClick={() => set({ logo: null })}>
            {branding.logoDrop}
          </Button>
        )}
      </div>
      <Problem error={error} />
    </div>
  )
}

export const LookFields = (props: Props) => {
  const { draft, set } = props
  const { branding } = useMessages()
  const text = (name: TextName, hint?: string) => (
    <TextInput
      key={name}
      {...{ label: branding[name], value: draft[name] }}
      {...(hint === undefined ? {} : { description: hint })}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  )
  return (
    <>
      {text('name', branding.nameHint)}
      <Logo {...props} />
      {text('accent', branding.accentHint)}
      {text('accentDark', branding.accentDarkHint)}
      <Choice
        {...{ label: branding.radius, value: draft.radius, words: branding.radii as Readonly<Record<string, string>> }}
        onChange={(radius) => set({ radius })}
      />
      {text('background', branding.backgroundHint)}
      {text('backgroundDark')}
      {text('terms', branding.urlHint)}
      {text('privacy', branding.urlHint)}
      {text('help', branding.urlHint)}
      <Textarea
        {...{ label: branding.css, description: branding.cssHint, value: draft.css }}
        className="json-text"
        autosize
        minRows={4}
        maxRows={20}
        spellCheck={false}
        onChange={(event) => set({ css: event.currentTarget.value })}
      />
    </>
  )
}
