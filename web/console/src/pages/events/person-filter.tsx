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

/** The person that the address names, and the way back to everybody. */
const Chosen = ({ id }: { readonly id: string }) => {
  const { events } = useMessages()
  const { change } = useSearchState()
  const away = (
    <Button
      variant="subtle"
      size="xs"
      px={8}
      aria-label={events.anybody}
      onClick={() => change({ user: undefined, cursor: undefined, event: undefined })}
    >
      ×
    </Button>
  )
  return <TextInput label={events.person} value={useChosen(id) ?? id} readOnly rightSectionWidth={36} rightSection={away} />
}

const Search = () => {
  const { events } = useMessages()
  const { change } = useSearchState()
  const [typed, setTyped] = useState('')
  const list = useId()
  const hits = useHits(typed.trim())
  const choose = (user: string): void => change({ user, cursor: undefined, event: undefined })
  const take = (text: string): void => {
    setTyped(text)
    const wanted = text.trim().toLowerCase()
    const hit = hits.data?.find(({ username, email }) => username?.toLowerCase() === wanted || email?.toLowerCase() === wanted)
    const user = hit?.id ?? (isId(wanted) ? wanted : undefined)
    if (user !== undefined) choose(user)
  }
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
          if (event.key === 'Enter' && only !== undefined) choose(only.id)
        }}
      />
      <datalist id={list}>
        {hits.data?.map(({ id, username, email }) => (
          <option key={id} value={username ?? email ?? id}>
            {email}
          </option>
        ))}
      </datalist>
    </>
  )
}

/** Events of one person: looked up by the name, kept in the address by the id. */
export const PersonFilter = () => {
  const { search } = useSearchState()
  const id = search['user']
  return id === undefined ? <Search /> : <Chosen id={id} />
}
