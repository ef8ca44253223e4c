import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Row, Rows } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { Problem } from '../../parts/failure.tsx'
import { useAction } from '../../parts/use-action.ts'

const waitMs = 250
const shownMax = 8

type User = AdminAnswer<'get', '/users'>['body']['users'][number]
type FoundProps = { readonly users: readonly User[]; readonly isBusy: boolean; readonly onJoin: (id: string) => void }

const Found = ({ users, isBusy, onJoin }: FoundProps) => {
  const { userGroups } = useMessages()
  if (users.length === 0)
    return (
      <p className="quiet" role="status">
        {userGroups.foundNone}
      </p>
    )
  return (
    <Rows label={userGroups.found}>
      {users.map(({ id, username, email, number }) => {
        const name = username ?? email ?? String(number)
        const join = (
          <Button size="xs" variant="default" disabled={isBusy} aria-label={`${userGroups.join}: ${name}`} onClick={() => onJoin(id)}>
            {userGroups.join}
          </Button>
        )
        return <Row key={id} mark={<Icon name="person" />} title={name} lines={username === null ? [] : [email]} actions={join} />
      })}
    </Rows>
  )
}

/** Finds somebody by the beginning of a name, and lets them join. */
export const Join = ({ group: id, refresh }: { readonly group: string; readonly refresh: readonly string[] }) => {
  const admin = useAdmin()
  const { userGroups } = useMessages()
  const [typed, setTyped] = useState('')
  const [prefix, setPrefix] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setPrefix(typed.trim()), waitMs)
    return () => clearTimeout(timer)
  }, [typed])
  const { data } = useQuery({
    queryKey: ['groups', 'find', prefix],
    enabled: prefix !== '',
    queryFn: async ({ signal }) => (await admin.get('/users', { query: { prefix, limit: shownMax }, signal })).body.users,
  })
  const { act, error, isPending } = useAction({
    run: (userId: string) => admin.put('/groups/{id}/members/{userId}', { path: { id, userId } }),
    ...{ said: userGroups.joinedToast, refresh: [refresh], done: () => setTyped('') },
  })
  return (
    <div className="stack">
      <TextInput
        {...{ label: userGroups.find, placeholder: userGroups.findHint, value: typed }}
        type="search"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {prefix === '' || data === undefined ? null : <Found users={data} isBusy={isPending} onJoin={act} />}
      <Problem error={error} />
    </div>
  )
}
