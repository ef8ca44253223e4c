import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Panel, Row, Rows } from '@custom-identity-platform/kit/panel.tsx'
import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Problem } from '../../parts/failure.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { useAction } from '../../parts/use-action.ts'
import { keysOf, type User } from './user-parts.tsx'

type Role = { readonly id: string; readonly name: string; readonly description: string }

const Give = ({ user, roles }: { readonly user: User; readonly roles: readonly Role[] }) => {
  const admin = useAdmin()
  const words = useMessages().users.roles
  const left = roles.filter(({ id }) => !user.roles.includes(id))
  const [picked, setPicked] = useState<string>()
  const role = left.find(({ id }) => id === picked)?.id ?? left[0]?.id
  const { act, isPending, error } = useAction({
    run: (id: string) => admin.put('/users/{id}/roles/{role}', { path: { id: user.id, role: id } }),
    said: words.given,
    refresh: keysOf(user.id),
  })
  if (role === undefined) return null
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        act(role)
      }}
    >
      <div className="actions actions-end">
        <NativeSelect
          label={words.choose}
          value={role}
          data={left.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => setPicked(event.currentTarget.value)}
        />
        <Button type="submit" loading={isPending}>
          {words.give}
        </Button>
      </div>
      <Problem error={error} />
    </form>
  )
}

const Held = ({ user, roles }: { readonly user: User; readonly roles: readonly Role[] }) => {
  const admin = useAdmin()
  const words = useMessages().users.roles
  const may = useMay()
  const [asked, setAsked] = useState<Role>()
  const { act, isPending, error, reset } = useAction({
    run: (role: string) => admin.delete('/users/{id}/roles/{role}', { path: { id: user.id, role } }),
    said: words.taken,
    refresh: keysOf(user.id),
    done: () => setAsked(undefined),
  })
  const ask = (role: Role): void => {
    reset()
    setAsked(role)
  }
  const held = roles.filter(({ id }) => user.roles.includes(id))
  if (held.length === 0) return <p className="quiet">{words.none}</p>
  return (
    <Rows label={words.title}>
      {held.map((role) => (
        <Row
          key={role.id}
          mark={<Icon name="badge" />}
          title={role.name}
          lines={[role.description]}
          actions={
            may('roles:write') ? (
              <Button size="xs" variant="default" aria-label={`${words.take}: ${role.name}`} onClick={() => ask(role)}>
                {words.take}
              </Button>
            ) : undefined
          }
        />
      ))}
      {asked === undefined ? null : (
        <ConfirmDialog
          {...{ title: `${words.take}: ${asked.name}`, yes: words.take, isBusy: isPending, error }}
          onYes={() => act(asked.id)}
          onClose={() => setAsked(undefined)}
        >
          <p>{words.takeText(asked.name)}</p>
        </ConfirmDialog>
      )}
    </Rows>
  )
}

/** What the person may administer. */
export const UserRoles = ({ user }: { readonly user: User }) => {
  const admin = useAdmin()
  const words = useMessages().users.roles
  const may = useMay()
  const query = useQuery({
    queryKey: ['roles', 'list'],
    queryFn: async ({ signal }) => (await admin.get('/roles', { signal })).body.roles,
  })
  return (
    <Panel title={words.title} intro={words.intro}>
      <Loaded query={query}>
        {(roles) => (
          <>
            {may('roles:write') ? <Give user={user} roles={roles} /> : null}
            <Held user={user} roles={roles} />
          </>
        )}
      </Loaded>
    </Panel>
  )
}
