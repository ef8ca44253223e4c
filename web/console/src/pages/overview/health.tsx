import { Panel, Pill } from '@custom-identity-platform/kit/panel.tsx'
import { pluralIn } from '@custom-identity-platform/kit/plural.ts'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useLanguage, useMessages } from '../../console-context.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { usePages } from '../../shell/navigation.tsx'
import type { Overview, WithOverview } from './overview-types.ts'

const HashQueue = ({ queue: { waiting } }: { readonly queue: NonNullable<Overview['hash_queue']> }) => {
  const { overview } = useMessages()
  const text = pluralIn(useLanguage())(waiting, overview.waiting)
  return waiting > 20 ? <Pill kind="warn">{text}</Pill> : <span className="number">{text}</span>
}

const Mail = ({ mail: { failed, late } }: { readonly mail: NonNullable<Overview['mail']> }) => {
  const { overview } = useMessages()
  const plural = pluralIn(useLanguage())
  if (failed > 0) return <Pill kind="bad">{plural(failed, overview.mailFailed)}</Pill>
  return late !== null && late > 0 ? (
    <Pill kind="warn">{plural(late, overview.mailLate)}</Pill>
  ) : (
    <Pill kind="good">{overview.mailGood}</Pill>
  )
}

const Webhooks = ({ webhooks: { enabled, failing, shut } }: { readonly webhooks: NonNullable<Overview['webhooks']> }) => {
  const { overview } = useMessages()
  const plural = pluralIn(useLanguage())
  if (shut > 0) return <Pill kind="bad">{plural(shut, overview.webhooksShut)}</Pill>
  if (failing > 0) return <Pill kind="warn">{plural(failing, overview.webhooksFailing)}</Pill>
  return enabled > 0 ? <Pill kind="good">{plural(enabled, overview.webhooksGood)}</Pill> : <span>{overview.webhooksNone}</span>
}

const Secrets = ({ secrets }: { readonly secrets: NonNullable<Overview['ending_secrets']> }) => {
  const { overview } = useMessages()
  // One that has a successor is meant to end.
  const alone = secrets.filter(({ only }) => only)
  if (alone.length === 0) return <span>{overview.secretsNone}</span>
  return alone.map(({ client_id: id, name, expires_at: ends }) => (
    <Pill key={`${id} ${ends}`} kind="warn">
      {overview.secretEnds(name ?? id)} <TimeAgo at={ends} />
    </Pill>
  ))
}

// The tree is extended once a minute; an event that waits longer tells that nobody does.
const behindMs = 300_000

const Audit = ({ audit: { signed_at: signed, waiting_since: waiting } }: Pick<Overview, 'audit'>) => {
  const { overview } = useMessages()
  if (waiting !== null && Date.now() - new Date(waiting).getTime() > behindMs) return <Pill kind="bad">{overview.auditBehind}</Pill>
  if (signed === null) return <span>{overview.auditNone}</span>
  return (
    <Pill kind="good">
      {overview.auditSealed} <TimeAgo at={signed} />
    </Pill>
  )
}

type Entry = { readonly title: string; readonly value: ReactNode; readonly to?: string }

const useEntries = ({ hash_queue: queue, mail, webhooks, ending_secrets: secrets, next_key_rotation_at: rotation, audit }: Overview) => {
  const { overview: words } = useMessages()
  const all: readonly Entry[] = [
    { title: words.hashQueue, value: queue === null ? null : <HashQueue queue={queue} /> },
    { title: words.mail, value: mail === null ? null : <Mail mail={mail} />, to: '/mail' },
    { title: words.webhooks, value: webhooks === null ? null : <Webhooks webhooks={webhooks} />, to: '/webhooks' },
    { title: words.keyRotates, value: rotation === null ? null : <TimeAgo at={rotation} />, to: '/keys' },
    { title: words.secrets, value: secrets === null ? null : <Secrets secrets={secrets} />, to: '/clients' },
    { title: words.audit, value: <Audit audit={audit} />, to: '/events' },
  ]
  return all.filter(({ value }) => value !== null)
}

/** What runs in the background, and what comes to an end soon, each with the way to where it is seen to. What somebody may not see is left out. */
export const Health = ({ overview }: WithOverview) => {
  const { overview: words } = useMessages()
  const isPage = usePages()
  return (
    <Panel title={words.health}>
      <ul className="health">
        {useEntries(overview).map(({ title, value, to }) => (
          <li key={title}>
            {to !== undefined && isPage(to) ? <Link to={to}>{title}</Link> : title} {value}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
