import type { Membership } from '@custom-identity-platform/sdk'
import { NativeSelect } from '@mantine/core'
import { catalogues, type Tag, tags } from '../messages/messages.ts'
import { RoleChoice } from './role-choice.tsx'
import { useWords } from './words.tsx'

const lives = [1, 3, 7, 14, 30, 90] as const

export type HowSent = { readonly roles: readonly string[]; readonly language: Tag; readonly days: number }

/** Mails are written in the languages of the portal. */
export const usualSending = (language: Tag): HowSent => ({ roles: ['member'], language, days: 7 })

/** A kept draft is text alone. */
export const inDraft = ({ roles, language, days }: HowSent) => ({ roles: roles.join(' '), language, days: String(days) })

/** What was kept of a draft, over what is usual. */
export const fromDraft = ({ roles, language, days }: Readonly<Record<string, string>>, usual: HowSent): HowSent => ({
  roles: roles === undefined ? usual.roles : roles.split(' ').filter((one) => one !== ''),
  language: tags.find((tag) => tag === language) ?? usual.language,
  days: lives.find((one) => String(one) === days) ?? usual.days,
})

export const sendingBody = ({ roles, language, days }: HowSent) => ({ roles: [...roles], language, days })

type FieldsProps = {
  readonly membership: Membership
  readonly how: HowSent
  readonly onChange: (how: HowSent) => void
  readonly hint?: string
}

/** With which roles, in which language and for how long somebody is invited. */
export const InvitationFields = ({ membership, how, onChange, hint }: FieldsProps) => {
  const { invitations } = useWords()
  return (
    <>
      <RoleChoice
        {...{ membership, chosen: how.roles, onChange: (roles) => onChange({ ...how, roles }) }}
        {...(hint === undefined ? {} : { hint })}
      />
      <div className="fields">
        <NativeSelect
          label={invitations.language}
          value={how.language}
          data={tags.map((tag) => ({ value: tag as string, label: catalogues[tag].name }))}
          onChange={({ currentTarget: { value } }) => onChange({ ...how, language: tags.find((tag) => tag === value) ?? 'en' })}
        />
        <NativeSelect
          label={invitations.days}
          value={String(how.days)}
          data={lives.map((days) => ({ value: String(days), label: invitations.daysOf(days) }))}
          onChange={({ currentTarget: { value } }) => onChange({ ...how, days: Number(value) })}
        />
      </div>
    </>
  )
}
