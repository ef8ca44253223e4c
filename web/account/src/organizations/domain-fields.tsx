import type { Membership, OrganizationDomain } from '@custom-identity-platform/sdk'
import { NativeSelect } from '@mantine/core'
import { RoleChoice } from './role-choice.tsx'
import { useWords } from './words.tsx'

type Joining = OrganizationDomain['joining']
export type How = { readonly joining: Joining; readonly roles: readonly string[] }

const joinings: readonly Joining[] = ['off', 'ask', 'automatic']

export const usualJoining: How = { joining: 'off', roles: ['member'] }

/** Whether it can be sent: where nobody joins, no role is given and none is asked for. */
export const isComplete = ({ joining, roles }: How): boolean => joining === 'off' || roles.length > 0

/** Roles that were all taken away while nobody joins by the domain are left as they are. */
export const joiningBody = ({ joining, roles }: How) => ({ joining, ...(roles.length > 0 ? { roles: [...roles] } : {}) })

/** A kept draft is text alone. */
export const inDraft = ({ joining, roles }: How) => ({ joining, roles: roles.join(' ') })
export const fromDraft = ({ joining = '', roles = '' }: Readonly<Record<string, string>>): How => ({
  joining: joinings.find((one) => one === joining) ?? 'off',
  roles: roles.split(' ').filter((one) => one !== ''),
})

type FieldsProps = { readonly membership: Membership; readonly how: How; readonly onChange: (how: How) => void }

/** Who joins by a domain, and what they get. */
export const JoiningFields = ({ membership, how, onChange }: FieldsProps) => {
  const { domains } = useWords()
  return (
    <>
      <NativeSelect
        {...{ label: domains.joining, description: domains.joiningHint, value: how.joining }}
        data={joinings.map((value) => ({ value, label: domains.joinings[value] }))}
        onChange={({ currentTarget: { value } }) => onChange({ ...how, joining: joinings.find((one) => one === value) ?? 'off' })}
      />
      {how.joining === 'off' ? null : (
        <RoleChoice {...{ membership, label: domains.joiningRoles, chosen: how.roles }} onChange={(roles) => onChange({ ...how, roles })} />
      )}
    </>
  )
}
