import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Empty } from '@custom-identity-platform/kit/panel.tsx'
import { ApiError } from '@custom-identity-platform/sdk'
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { useSearchState } from '../../parts/search-state.ts'
import { usePages } from '../../shell/navigation.tsx'
import { Story } from './story.tsx'

const idMax = 128

const Ask = () => {
  const { events } = useMessages()
  const { search, change } = useSearchState()
  const asked = search['request'] ?? ''
  const [typed, setTyped] = useState(asked)
  useEffect(() => setTyped(asked), [asked])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    change({ request: typed.trim() || undefined })
  }
  return (
    <form className="filters" onSubmit={submit}>
      <TextInput
        label={events.request}
        description={events.story.hint}
        value={typed}
        maxLength={idMax}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit" disabled={typed.trim() === ''}>
        {events.story.ask}
      </Button>
    </form>
  )
}

const NoStory = () => {
  const { story } = useMessages().events
  const isPage = usePages()
  return (
    <Empty mark={<Icon name="search" size={28} />} title={story.none}>
      <p>{story.noneText}</p>
      {isPage('/clients') ? <Link to="/clients">{story.toClients}</Link> : null}
    </Empty>
  )
}

const Told = ({ request }: { readonly request: string }) => {
  const admin = useAdmin()
  const query = useQuery({
    queryKey: ['events', 'story', request],
    queryFn: async ({ signal }) => (await admin.get('/requests/{request}/story', { path: { request }, signal })).body,
  })
  if (query.error instanceof ApiError && query.error.kind === 'not-found') return <NoStory />
  return <Loaded query={query}>{(story) => <Story story={story} />}</Loaded>
}

export const Page = () => {
  const { sections, events } = useMessages()
  const { search } = useSearchState()
  const request = search['request']
  return (
    <>
      <PageHead title={events.story.title} text={events.story.intro} up={{ to: '/events', title: sections.events }} />
      <Ask />
      {request === undefined ? null : <Told key={request} request={request} />}
    </>
  )
}
