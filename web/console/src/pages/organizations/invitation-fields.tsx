import { pluralIn } from '@custom-identity-platform/kit/plural.ts'
import { NativeSelect } from '@mantine/core'
import { useLanguage, useMessages } from '../../console-context.tsx'
import { RoleChoice } from './organization-parts.tsx'

/** Languages that mails are written in. */
const languages = ['en', 'de', 'fr', 'es', 'pt', 'ja', 'ar', 'sw'] as const
const lives = [1, 3, 7, 14, 30, 90] as const

export type HowSent = { readonly roles: readonly string[]; readonly language: (typeof languages)[number]; readonly days: number }

export const usualSending = (language: string): HowSent => ({
  roles: ['member'],
  language: languages.find((one) => one === language) ?? 'en',
  days: 7,
})

export const sendingBody = ({ roles, language, days }: HowSent) => ({ roles: [...roles], language, days })

type FieldsProps = { readonly how: HowSent; readonly onChange: (members: Partial<HowSent>) => void; readonly hint?: string }

/** With which roles, in which language and for how long somebody is invited. */
export const InvitationFields = ({ how, onChange, hint }: FieldsProps) => {
  const { invitations } = useMessages().organizations
  const spoken = useLanguage()
  const names = new Intl.DisplayNames([spoken], { type: 'language' })
  const plural = pluralIn(spoken)
  return (
    <>
      <RoleChoice chosen={how.roles} onChange={(roles) => onChange({ roles })} {...(hint === undefined ? {} : { hint })} />
      <NativeSelect
        label={invitations.language}
        value={how.language}
        data={languages.map((value) => ({ value, label: names.of(value) ?? value }))}
        onChange={({ currentTarget: { value } }) => onChange({ language: languages.find((one) => one === value) ?? 'en' })}
      />
      <NativeSelect
        label={invitations.days}
        value={String(how.days)}
        data={lives.map((days) => ({ value: String(days), label: plural(days, invitations.daysOf) }))}
        onChange={({ currentTarget: { value } }) => onChange({ days: Number(value) })}
      />
    </>
  )
}
