import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { useQuery } from '@tanstack/react-query'
import { useAdmin, useMay, useMe, useMessages } from '../../console-context.tsx'
import type { Messages } from '../../messages/messages.ts'
import { Checkbox } from '../../parts/checkbox.tsx'

type Area = keyof Messages['roles']['areas']
export type Permission = { readonly id: string; readonly description: string }

const areas: Readonly<Record<Area, readonly string[]>> = {
  people: ['users', 'groups'],
  organizations: ['organizations'],
  access: ['roles', 'owners', 'tokens'],
  applications: ['clients', 'resources', 'keys'],
  settings: ['settings', 'mail'],
  operation: ['events', 'webhooks', 'jobs', 'data'],
  tenants: ['tenants'],
}

/** What is not known here stands with the operation, so that nothing is left out. */
const areaOf = (id: string): Area => {
  const subject = id.split(':')[0] ?? ''
  return (Object.keys(areas) as Area[]).find((area) => areas[area].includes(subject)) ?? 'operation'
}

/** Every permission with its sentence; whoever may not read roles knows their own by name. */
export const usePermissions = (): readonly Permission[] => {
  const admin = useAdmin()
  const may = useMay()
  const { permissions } = useMe()
  const { data } = useQuery({
    queryKey: ['permissions'],
    enabled: may('roles:read'),
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => (await admin.get('/permissions', { signal })).body.permissions,
  })
  return data ?? permissions.map((id) => ({ id, description: '' }))
}

type PickerProps = {
  readonly chosen: readonly string[]
  /** Without it they are only shown. */
  readonly onChange?: ((chosen: readonly string[]) => void) | undefined
  /** Leaves out what the person does not hold. */
  readonly isOwnOnly?: boolean
}

const Shown = ({ id, description }: Permission) => (
  <div className="checkbox">
    <Icon name="check" size={18} />
    <span className="mono">{id}</span>
    <p className="quiet">{description}</p>
  </div>
)

const Choice = ({ permission: { id, description }, chosen, onChange }: PickerProps & { readonly permission: Permission }) => {
  const { roles } = useMessages()
  const may = useMay()
  const isThere = chosen.includes(id)
  return (
    <Checkbox
      label={<span className="mono">{id}</span>}
      description={may(id) ? description : `${description}. ${roles.notHeld}`}
      isChecked={isThere}
      // What one does not hold can be taken away, and not given.
      isDisabled={!may(id) && !isThere}
      onChange={(isWanted) => onChange?.(isWanted ? [...chosen, id] : chosen.filter((one) => one !== id))}
    />
  )
}

/** Permissions by what they are about. */
export const PermissionPicker = ({ chosen, onChange, isOwnOnly = false }: PickerProps) => {
  const { roles } = useMessages()
  const may = useMay()
  const all = usePermissions().filter(({ id }) => (onChange === undefined ? chosen.includes(id) : !isOwnOnly || may(id)))
  return (
    <div className="permission-groups">
      {(Object.keys(areas) as Area[]).map((area) => {
        const some = all.filter(({ id }) => areaOf(id) === area)
        if (some.length === 0) return null
        return (
          <fieldset key={area}>
            <legend>{roles.areas[area]}</legend>
            {some.map((permission) =>
              onChange === undefined ? (
                <Shown key={permission.id} {...permission} />
              ) : (
                <Choice key={permission.id} {...{ permission, chosen, onChange }} />
              ),
            )}
          </fieldset>
        )
      })}
    </div>
  )
}
