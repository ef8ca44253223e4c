import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Row, Rows } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useAdmin } from '../console-context.tsx'

const waitMs = 250
const shownMax = 8

export type FoundPerson = Pick<AdminAnswer<'get', '/users'>['body']['users'][number], 'id' | 'username' | 'email' | 'number'>

export const personName = ({ username, email, number }: Omit<FoundPerson, 'id'>): string => username ?? email ?? String(number)

type FinderProps = {
  readonly words: {
    readonly find: string
    readonly findHint: string
    readonly found: string
    readonly foundNone: string
    /** What the button of a person does. */
    readonly pick: string
  }
  readonly isBusy?: boolean
  /** The typed text goes when it is done. */
  readonly onPick: (person: FoundPerson, clear: () => void) => void
}

type FoundProps = Pick<FinderProps, 'words' | 'isBusy'> & {
  readonly people: readonly FoundPerson[]
  readonly onPick: (person: FoundPerson) => void
}

const Found = ({ words, isBusy = false, people, onPick }: FoundProps) => (
  <Rows label={words.found}>
    {people.map((person) => (
      <Row
        key={person.id}
        mark={<Icon name="person" />}
        title={personName(person)}
        lines={person.username === null ? [] : [person.email]}
        actions={
          <Button
            size="xs"
            variant="default"
            disabled={isBusy}
            aria-label={`${words.pick}: ${personName(person)}`}
            onClick={() => onPick(person)}
          >
            {words.pick}
          </Button>
        }
      />
    ))}
  </Rows>
)

/** Finds somebody by the beginning of a name, an address or a number, for what is to be done with them. */
export const PersonFinder = ({ words, isBusy = false, onPick }: FinderProps) => {
  const admin = useAdmin()
  const [typed, setTyped] = useState('')
  const [prefix, setPrefix] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setPrefix(typed.trim()), waitMs)
    return () => clearTimeout(timer)
  }, [typed])
  const { data } = useQuery({
    queryKey: ['users', 'find', prefix],
    enabled: prefix !== '',
    queryFn: async ({ signal }) => (await admin.get('/users', { query: { prefix, limit: shownMax }, signal })).body.users,
  })
  return (
    <>
      <TextInput
        {...{ label: words.find, placeholder: words.findHint, value: typed }}
        type="search"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {prefix === '' || data === undefined ? null : data.length === 0 ? (
        <p className="quiet" role="status">
          {words.foundNone}
        </p>
      ) : (
        <Found {...{ words, isBusy }} people={data} onPick={(person) => onPick(person, () => setTyped(''))} />
      )}
    </>
  )
}
