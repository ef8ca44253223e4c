import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { useSearchState } from '../../parts/search-state.ts'

const isId = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(text)

/** The name behind the id in the address. */
const useChosen = (id: string | undefined): string | undefined => {
  const [admin, may] = [useAdmin(), useMay()]
  const { data } = useQuery({
    queryKey: ['users', 'name', id],
    enabled: id !== undefined && may('users:read'),
    retry: false,
    queryFn: async ({ signal }) => {
      const { username, email } = (await admin.get('/users/{id}', { path: { id: id ?? '' }, signal })).body
      return username ?? email ?? id
    },
  })
  return data ?? id
}

const useHits = (prefix: string) => {
  const [admin, may] = [useAdmin(), useMay()]
  return useQuery({
    queryKey: ['users', 'hits', prefix],
    enabled: prefix !== '' && !isId(prefix) && may('users:read'),
    queryFn: async ({ signal }) => (await admin.get('/users', { query: { prefix, limit: 8 }, signal })).body.users,
  })
}

/** Events of one person: looked up by the name, kept in the address by the id. */
export const PersonFilter = () => {
  const { events } = useMessages()
  const { search, change } = useSearchState()
  const [typed, setTyped] = useState('')
  const list = useId()
  const id = search['user']
  const name = useChosen(id)
  const hits = useHits(typed.trim())
  const take = (text: string): void => {
    setTyped(text)
    const wanted = text.trim().toLowerCase()
    const hit = hits.data?.find(({ username, email }) => username?.toLowerCase() === wanted || email?.toLowerCase() === wanted)
    const user = hit?.id ?? (isId(wanted) ? wanted : undefined)
    if (user !== undefined) change({ user, cursor: undefined, event: undefined })
  }
  if (id !== undefined)
    return (
      <TextInput
        label={events.person}
        value={name ?? id}
        readOnly
        rightSectionWidth={36}
        rightSection={
          <Button
            variant="subtle"
            size="xs"
            px={8}
            aria-label={events.anybody}
            onClick={() => {
              setTyped('')
              change({ user: undefined, cursor: undefined, event: undefined })
            }}
          >
            ×
          </Button>
        }
      />
    )
  return (
    <>
      <TextInput
        label={events.person}
        placeholder={events.personHint}
        value={typed}
        type="search"
        list={list}
        autoComplete="off"
        spellCheck={false}
        error={hits.data?.length === 0 ? events.personUnknown : undefined}
        onChange={(event) => take(event.currentTarget.value)}
        onKeyDown={(event) => {
          const only = hits.data?.[0]
          if (event.key === 'Enter' && only !== undefined) change({ user: only.id, cursor: undefined, event: undefined })
        }}
      />
      <datalist id={list}>
        {hits.data?.map(({ id: one, username, email }) => (
          <option key={one} value={username ?? email ?? one}>
            {email}
          </option>
        ))}
      </datalist>
    </>
  )
}
