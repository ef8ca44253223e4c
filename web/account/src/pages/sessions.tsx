import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Panel, Pill, Row, Rows } from '@custom-identity-platform/kit/panel.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { AccountSession } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi, useLanguage, useMessages } from '../account-context.tsx'
import { KnownDevices } from '../known-devices.tsx'
import { Confirm, deviceOf, Loaded, PageHead, Problem, When } from '../parts.tsx'
import { keys, useRefresh, useSessions } from '../queries.ts'
import { useAction } from '../step-up.tsx'

const Session = ({ session, onEnd }: { readonly session: AccountSession; readonly onEnd: () => void }) => {
  const { sessions, end } = { ...useMessages(), end: useMessages().sessions.end }
  const language = useLanguage()
  const device = deviceOf(session) ?? sessions.unknownDevice
  const names = new Intl.ListFormat(language).format(session.applications)
  const times = (
    <>
      {sessions.signedIn} <When at={session.created_at} />
      {session.ip === null ? '' : ` ${sessions.at(session.ip)}`} · {sessions.lastUsed} <When at={session.last_used_at} />
    </>
  )
  return (
    <Row
      mark={<Icon name={session.kind === 'api' ? 'apps' : 'laptop'} />}
      title={device}
      pill={
        session.current ? (
          <Pill kind="good">{sessions.current}</Pill>
        ) : session.kind === 'api' ? (
          <Pill kind="plain">{sessions.api}</Pill>
        ) : null
      }
      lines={[times, session.place === null ? null : sessions.place(session.place), names === '' ? null : sessions.used(names)]}
      actions={
        session.current ? undefined : (
          <Button variant="default" size="xs" aria-label={sessions.endOf(device)} onClick={onEnd}>
            {end}
          </Button>
        )
      }
    />
  )
}

/** Ends a session; it leaves the list at once and comes back where the server refused. */
const useEnding = () => {
  const [api, queries, refresh, toast] = [useApi(), useQueryClient(), useRefresh(), useToast()]
  const { sessions } = useMessages()
  return useAction({
    run: async (id: string) => {
      await queries.cancelQueries({ queryKey: keys.sessions })
      const before = queries.getQueryData<readonly AccountSession[]>(keys.sessions)
      queries.setQueryData<readonly AccountSession[]>(keys.sessions, (all) => all?.filter((one) => one.id !== id))
      await api.endSession(id).catch((error: unknown) => {
        queries.setQueryData(keys.sessions, before)
        throw error
      })
    },
    done: () => {
      toast(sessions.ended)
      return refresh('sessions')
    },
  })
}

const EndOthers = () => {
  const [api, refresh, toast] = [useApi(), useRefresh(), useToast()]
  const { sessions } = useMessages()
  const [isOpen, setOpen] = useState(false)
  const { act, isPending, problem } = useAction({
    run: () => api.endOtherSessions(),
    done: ({ ended }) => {
      setOpen(false)
      toast(sessions.endedOthers(ended))
      return refresh('sessions')
    },
  })
  return (
    <>
      <Button variant="outline" color="red" onClick={() => setOpen(true)}>
        {sessions.endOthers}
      </Button>
      {isOpen ? (
        <Confirm
          {...{ title: sessions.endOthersTitle, text: sessions.endOthersText, yes: sessions.endOthers, isBusy: isPending, problem }}
          {...{ onYes: () => act(), onClose: () => setOpen(false) }}
        />
      ) : null}
    </>
  )
}

const List = ({ all }: { readonly all: readonly AccountSession[] }) => {
  const { sessions } = useMessages()
  const { act, problem } = useEnding()
  const sorted = all.toSorted((one, other) => Number(other.current) - Number(one.current))
  return (
    <>
      <Problem>{problem}</Problem>
      <Rows label={sessions.title}>
        {sorted.map((one) => (
          <Session key={one.id} session={one} onEnd={() => act(one.id)} />
        ))}
        {all.some(({ current }) => !current) ? null : (
          <Row mark={<Icon name="check" />} title={sessions.onlyThis} lines={[sessions.onlyThisText]} />
        )}
      </Rows>
    </>
  )
}

export const Page = () => {
  const { pages, sessions } = useMessages()
  const query = useSessions()
  const hasOthers = query.data?.some(({ current }) => !current) === true
  return (
    <>
      <PageHead title={pages.sessions}>{sessions.intro}</PageHead>
      <Panel title={sessions.title} action={hasOthers ? <EndOthers /> : undefined}>
        <Loaded query={query}>{(all) => <List all={all} />}</Loaded>
      </Panel>
      <KnownDevices />
    </>
  )
}
