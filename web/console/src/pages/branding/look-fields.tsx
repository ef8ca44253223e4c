import { Textarea, TextInput } from '@mantine/core'
import { useAdmin, useConsole, useMessages } from '../../console-context.tsx'
import { Choice } from '../../parts/choice.tsx'
import { LogoField } from '../../parts/logo-field.tsx'
import { settingKey } from '../../parts/use-setting.ts'
import type { Draft } from './look.ts'

type Props = {
  readonly draft: Draft
  readonly set: (members: Partial<Draft>) => void
  /** A logo has been uploaded. */
  readonly onLogo: () => Promise<void>
}
type TextName = Exclude<keyof Draft, 'logo' | 'radius' | 'css'>

const Logo = ({ draft: { logo }, set, onLogo }: Props) => {
  const admin = useAdmin()
  const { issuer } = useConsole().console
  const upload = async (file: File): Promise<unknown> => {
    const { etag } = await admin.get('/settings/branding')
    return admin.put('/settings/branding/logo', { body: file, ifMatch: etag })
  }
  return (
    <LogoField
      {...{ hasLogo: logo != null, src: logo == null ? undefined : `${issuer}/branding/logo/${logo.hash}`, upload }}
      {...{ done: onLogo, refresh: [settingKey('branding')] }}
      onDrop={() => set({ logo: null })}
    />
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
