import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Notice, Panel } from '@custom-identity-platform/kit/panel.tsx'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Problem } from '../../parts/failure.tsx'
import { useAction } from '../../parts/use-action.ts'
import { addressOf, type Client, listIn } from '../clients/client-parts.tsx'
import type { KindName } from './kinds.ts'

const everyMs = 3000
const lookBackMs = 15 * 60_000

const useFirstSignIn = ({ id }: Client, isAwaited: boolean) => {
  const admin = useAdmin()
  return useQuery({
    queryKey: ['clients', 'first-sign-in', id],
    enabled: isAwaited,
    queryFn: async ({ signal }) => (await admin.get('/clients/{id}/first-sign-in', { path: { id }, signal })).body,
    refetchInterval: ({ state }) => (state.data?.signed_in ? false : everyMs),
  }).data
}

/** Addresses that were refused a short while ago and are not registered by now, the latest first. */
const useRefused = (client: Client, isAwaited: boolean): readonly string[] => {
  const admin = useAdmin()
  const may = useMay()
  const { id } = client
  const { data = [] } = useQuery({
    queryKey: ['clients', 'refused', id],
    enabled: isAwaited && may('events:read'),
    queryFn: async ({ signal }) => {
      const since = new Date(Date.now() - lookBackMs).toISOString()
      const query = { client: id, type: 'client.redirect_refused', since, limit: 20 }
      return (await admin.get('/events', { query, signal })).body.events.map(({ payload }) => payload['redirect_uri'])
    },
    refetchInterval: everyMs,
  })
  const registered = listIn(client, 'redirect_uris')
  return [...new Set(data.filter((uri): uri is string => typeof uri === 'string' && !registered.includes(uri)))]
}

const hostOf = (uri: string): string => (URL.canParse(uri) ? new URL(uri).host : '')

/** Anybody can send a request with an address of theirs: only what stays on the developer's machine, or where the application is already, is added without a second question. */
const isOwnHost = (client: Client, uri: string): boolean =>
  /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?\//.test(uri) ||
  (uri.startsWith('https:') && listIn(client, 'redirect_uris').some((one) => hostOf(one) === hostOf(uri)))

const Refused = ({ client, uri }: { readonly client: Client; readonly uri: string }) => {
  const admin = useAdmin()
  const { wait } = useMessages().connect
  const [isAsking, setAsking] = useState(false)
  const { id } = client
  const { act, isPending, error } = useAction({
    run: () => admin.post('/clients/{id}/redirect-uris', { path: { id }, body: { redirect_uri: uri } }),
    said: wait.added,
    refresh: [['clients', 'one', id]],
    done: () => setAsking(false),
  })
  const isOwn = isOwnHost(client, uri)
  return (
    <Notice kind="warn" isAlert>
      <p>
        <strong>{wait.refused}.</strong> {wait.refusedText(uri)}
      </p>
      {isOwn ? null : <p>{wait.foreign}</p>}
      <div>
        <Button size="xs" loading={isPending} onClick={() => (isOwn ? act() : setAsking(true))}>
          {wait.add(uri)}
        </Button>
      </div>
      {isOwn ? <Problem error={error} /> : null}
      {isAsking ? (
        <ConfirmDialog
          {...{ title: wait.addTitle, yes: wait.addYes, isBusy: isPending, error }}
          onYes={() => act()}
          onClose={() => setAsking(false)}
        >
          <p className="mono">{uri}</p>
          <p>{wait.foreign}</p>
        </ConfirmDialog>
      ) : null}
    </Notice>
  )
}

const Arrived = () => {
  const { wait } = useMessages().connect
  return (
    <Notice kind="good">
      <p>
        <Icon name="check" size={16} /> <strong>{wait.arrived}</strong>
      </p>
    </Notice>
  )
}

/** Waits for the first sign-in, and helps where its address is refused. */
export const Waiting = ({ kind, client }: { readonly kind: KindName; readonly client: Client }) => {
  const { wait } = useMessages().connect
  const may = useMay()
  const isAwaited = kind !== 'machine'
  const hasArrived = useFirstSignIn(client, isAwaited)?.signed_in ?? false
  const refused = useRefused(client, isAwaited && !hasArrived)
  return (
    <Panel title={wait.title}>
      <div className="stack">
        <div role="status">{hasArrived ? <Arrived /> : <p>{isAwaited ? wait.waiting : wait.machine}</p>}</div>
        {hasArrived ? null : refused.slice(0, 3).map((uri) => <Refused key={uri} {...{ client, uri }} />)}
        {isAwaited && !hasArrived && !may('events:read') ? <p className="quiet">{wait.noEvents}</p> : null}
        <div className="actions">
          <Button component={Link} to={addressOf(client)} variant={hasArrived ? 'filled' : 'default'}>
            {wait.open}
          </Button>
          <Button component={Link} to="/clients/connect" variant="subtle">
            {wait.another}
          </Button>
        </div>
      </div>
    </Panel>
  )
}
