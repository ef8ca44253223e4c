import { Checkbox } from '@custom-identity-platform/kit/checkbox.tsx'
import type { Membership, OrganizationRole } from '@custom-identity-platform/sdk'
import { useId } from 'react'
import { AreaLoaded } from './loaded.tsx'
import { useRoles } from './queries.ts'
import { useRoleWords } from './role-words.ts'
import { useWords } from './words.tsx'

type ChoiceProps = {
  readonly membership: Membership
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
  readonly label?: string
  readonly hint?: string
}

const isWithin = ({ permissions }: OrganizationRole, membership: Membership): boolean =>
  permissions.every((one) => membership.permissions.includes(one))

/** Roles to tick. One that allows more than the person may do cannot be given by them, and says so. */
export const RoleChoice = ({ membership, chosen, onChange, label, hint }: ChoiceProps) => {
  const { roles: words } = useWords()
  const { nameOf, aboutOf } = useRoleWords()
  const id = useId()
  return (
    <fieldset className="area-fieldset" aria-describedby={`${id}-hint`}>
      <legend>{label ?? words.choose}</legend>
      <p className="quiet" id={`${id}-hint`}>
        {chosen.length === 0 ? words.chooseNone : hint}
      </p>
      <AreaLoaded query={useRoles(membership)}>
        {(all) =>
          all.map((role) => (
            <Checkbox
              key={role.id}
              label={nameOf(role)}
              description={isWithin(role, membership) ? aboutOf(role) || undefined : words.notYours}
              isChecked={chosen.includes(role.id)}
              isDisabled={!isWithin(role, membership)}
              onChange={(isWanted) => onChange(isWanted ? [...chosen, role.id] : chosen.filter((one) => one !== role.id))}
            />
          ))
        }
      </AreaLoaded>
    </fieldset>
  )
}
