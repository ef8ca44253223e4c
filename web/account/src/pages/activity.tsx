import { Icon, type IconName } from '@custom-identity-platform/kit/icons.tsx'
import { Empty, Panel, Row, Rows } from '@custom-identity-platform/kit/panel.tsx'
import type { ActivityEvent } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useMessages } from '../account-context.tsx'
import { deviceOf, Loaded, PageHead, When } from '../parts.tsx'
import { useActivity } from '../queries.ts'

const icons: readonly (readonly [RegExp, IconName])[] = [
  [/^sign_in\.refused/, 'warning'],
  [/^(sign_in|session)\./, 'laptop'],
  [/^(password|totp|recovery|passkey|factor)/, 'shield'],
  [/^(email|phone|proof)/, 'mail'],
  [/^(authorization|grant|consent|client)/, 'apps'],
]
const iconOf = (type: string): IconName => icons.find(([form]) => form.test(type))?.[1] ?? 'person'

// That this portal opened itself is no news to whoever reads it there.
const portal = 'account-portal'
const isOwn = ({ client_id: client, type }: ActivityEvent): boolean =>
  client === portal && (type === 'authorization.granted' || type === 'grant.redeemed')

// Parts of the platform itself: that somebody signed in through its pages says nothing.
const ownParts: ReadonlySet<string> = new Set(['hosted-pages', 'account-api'])

const Event = ({ event }: { readonly event: ActivityEvent }) => {
  const { activity, events, product } = useMessages()
  const client = event.client_id === portal ? product : ownParts.has(event.client_id ?? '') ? null : event.client
  const from = event.personal_data === 'erased' ? activity.erased : event.ip && activity.at(event.ip)
  const where = [deviceOf(event), client && activity.via(client), from, event.place && `(${event.place})`].filter(Boolean).join(' ')
  return (
    <Row
      mark={<Icon name={iconOf(event.type)} />}
      title={events[event.type] ?? event.sentence}
      lines={[<When key="at" at={event.at} />, where || null]}
    />
  )
}

export const Page = () => {
  const { pages, activity } = useMessages()
  const query = useActivity()
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  return (
    <>
      <PageHead title={pages.activity}>{activity.intro}</PageHead>
      <Panel isOnlyOne title={activity.title}>
        <Loaded query={query as unknown as UseQueryResult<NonNullable<typeof query.data>>}>
          {({ pages: parts }) => {
            const events = parts.flatMap((part) => part.events).filter((one) => !isOwn(one))
            return events.length === 0 ? (
              <Empty mark={<Icon name="activity" size={32} />} title={activity.none}>
                <p>{activity.noneText}</p>
              </Empty>
            ) : (
              <Rows label={activity.title}>
                {events.map((one) => (
                  <Event key={one.id} event={one} />
                ))}
              </Rows>
            )
          }}
        </Loaded>
      </Panel>
      {hasNextPage ? (
        <div>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {activity.more}
          </Button>
        </div>
      ) : null}
    </>
  )
}
