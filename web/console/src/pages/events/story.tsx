import { Icon, type IconName } from '@custom-identity-platform/kit/icons.tsx'
import { Notice, Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Link } from '@tanstack/react-router'
import { useMessages } from '../../console-context.tsx'
import { Time } from '../../parts/time-ago.tsx'
import { usePages } from '../../shell/navigation.tsx'

type Told = AdminAnswer<'get', '/requests/{request}/story'>['body']
type Step = Told['steps'][number]
type Verdict = 'passed' | 'refused' | 'noted'
type PlaceName = 'user' | 'client' | 'sign-in-policy' | 'hooks' | 'mail'

const icons: Readonly<Record<Verdict, IconName>> = { passed: 'check', refused: 'close', noted: 'info' }
const kinds = { passed: 'good', refused: 'bad', noted: 'plain' } as const

const addressOf = (place: PlaceName, { user_id: user, client_id: client }: Step['event']): string | undefined => {
  if (place === 'user') return user === null ? undefined : `/users/${user}`
  if (place === 'client') return client === null ? undefined : `/clients/${encodeURIComponent(client)}`
  return { 'sign-in-policy': '/sign-in', hooks: '/webhooks/hooks', mail: '/mail' }[place]
}

const Remedy = ({ step: { remedy, place, event } }: { readonly step: Step }) => {
  const { story } = useMessages().events
  const isPage = usePages()
  const to = place === null ? undefined : addressOf(place as PlaceName, event)
  const link = to !== undefined && isPage(to) ? <Link to={to}>{story.places[place as PlaceName]}</Link> : null
  return remedy === null && link === null ? null : (
    <p className="quiet">
      {remedy} {link}
    </p>
  )
}

const OneStep = ({ step }: { readonly step: Step }) => {
  const { story } = useMessages().events
  const { event, of_request: isOfRequest, says } = step
  const verdict = step.verdict as Verdict
  return (
    <li>
      <span className="story-mark" data-verdict={verdict}>
        <Icon name={icons[verdict]} size={14} />
        <span className="hidden-text">{story.verdicts[verdict]}</span>
      </span>
      <div className="stack-tight">
        <p>
          <strong>{says}</strong>
        </p>
        <p className="quiet">
          <Time at={event.at} /> · <span className="mono break">{event.type}</span>
          {event.client_id === null ? null : ` · ${event.client_id}`}
          {isOfRequest ? ` · ${story.ofRequest}` : null}
        </p>
        <Remedy step={step} />
      </div>
    </li>
  )
}

/** A sign-in from its first step to its last, and how the request that was asked for ended. */
export const Story = ({ story: { outcome, steps, request_id: request } }: { readonly story: Told }) => {
  const { events } = useMessages()
  const { story } = events
  const decisive = steps.findLast(({ of_request: isOfRequest, verdict }) => isOfRequest && verdict === outcome)
  return (
    <>
      <Notice kind={kinds[outcome as Verdict]}>
        <p role="status">
          <strong>{story.outcomes[outcome as Verdict]}</strong> {decisive?.says}
        </p>
        {decisive === undefined ? null : <Remedy step={decisive} />}
      </Notice>
      <Panel
        title={story.steps}
        action={
          <Link className="quiet" to="/events" search={{ request_id: request } as never}>
            {story.all}
          </Link>
        }
      >
        <ol className="story">
          {steps.map((step) => (
            <OneStep key={step.event.id} step={step} />
          ))}
        </ol>
      </Panel>
    </>
  )
}
