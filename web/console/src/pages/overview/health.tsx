import { Panel, Pill } from '@custom-identity-platform/kit/panel.tsx'
import { pluralIn } from '@custom-identity-platform/kit/plural.ts'
import type { ReactNode } from 'react'
import { useLanguage, useMessages } from '../../console-context.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
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

/** What runs in the background, and what comes to an end soon. What somebody may not see is left out. */
export const Health = ({ overview }: WithOverview) => {
  const { overview: words } = useMessages()
  const { hash_queue: queue, mail, webhooks, ending_secrets: secrets, next_key_rotation_at: rotation, audit } = overview
  const all: readonly (readonly [string, ReactNode])[] = [
    [words.hashQueue, queue === null ? null : <HashQueue key="queue" queue={queue} />],
    [words.mail, mail === null ? null : <Mail key="mail" mail={mail} />],
    [words.webhooks, webhooks === null ? null : <Webhooks key="webhooks" webhooks={webhooks} />],
    [words.keyRotates, rotation === null ? null : <TimeAgo key="rotation" at={rotation} />],
    [words.secrets, secrets === null ? null : <Secrets key="secrets" secrets={secrets} />],
    [words.audit, <Audit key="audit" audit={audit} />],
  ]
  return (
    <Panel title={words.health}>
      <ul className="health">
        {all
          .filter(([, value]) => value !== null)
          .map(([title, value]) => (
            <li key={title}>
              {title} {value}
            </li>
          ))}
      </ul>
    </Panel>
  )
}
