import { Icon, type IconName } from '@custom-identity-platform/kit/icons.tsx'
import { Empty, Panel, Row, Rows } from '@custom-identity-platform/kit/panel.tsx'
import type { Membership, OrganizationEvent } from '@custom-identity-platform/sdk'
import { Fragment } from 'react'
import { When } from '../parts.tsx'
import { LoadedRows } from './loaded.tsx'
import { OrganizationPage } from './organization-page.tsx'
import { useEvents } from './queries.ts'
import { useRoleNames } from './role-words.ts'
import { useWords } from './words.tsx'

const icons: readonly (readonly [RegExp, IconName])[] = [
  [/^organization_member/, 'people'],
  [/^organization_invitation/, 'mail'],
  [/^organization_domain/, 'link'],
  [/policy/, 'shield'],
  [/branding/, 'palette'],
]
const iconOf = (type: string): IconName => icons.find(([form]) => form.test(type))?.[1] ?? 'building'

// What people do by themselves.
const own: ReadonlySet<string> = new Set(['organization_member.left', 'organization_invitation.accepted'])

const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])

/** Who did it, and to whom. */
const useWho = () => {
  const { happened } = useWords()
  const nameOf = ({ name }: { readonly name: string | null }): string => name ?? happened.somebody
  return ({ type, user, actor }: OrganizationEvent): readonly string[] => {
    const about = user === null ? [] : [own.has(type) ? happened.by(nameOf(user)) : happened.about(nameOf(user))]
    const by = actor === null ? [] : [happened.by(nameOf(actor))]
    return [...about, ...by]
  }
}

const Happened = ({ event, membership }: { readonly event: OrganizationEvent; readonly membership: Membership }) => {
  const { happened } = useWords()
  const [who, namesOf] = [useWho(), useRoleNames(membership)]
  const roles = textsOf(event.details['roles'])
  const { domain } = event.details
  return (
    <Row
      mark={<Icon name={iconOf(event.type)} />}
      title={happened.events[event.type] ?? event.sentence}
      lines={[
        typeof domain === 'string' ? <bdi key="domain">{domain}</bdi> : null,
        roles.length === 0 ? null : happened.roles(namesOf(roles)),
        <Fragment key="who">
          {who(event).map((one) => (
            <Fragment key={one}>
              <bdi>{one}</bdi> ·{' '}
            </Fragment>
          ))}
          <When at={event.at} />
        </Fragment>,
      ]}
    />
  )
}

const Events = ({ membership }: { readonly membership: Membership }) => {
  const { happened } = useWords()
  const query = useEvents(membership.id)
  return (
    <Panel isOnlyOne title={happened.title}>
      <LoadedRows query={query} more={happened.more}>
        {(all) =>
          all.length === 0 ? (
            <Empty mark={<Icon name="activity" size={32} />} title={happened.none}>
              <p>{happened.noneText}</p>
            </Empty>
          ) : (
            <Rows label={happened.title}>
              {all.map((one) => (
                <Happened key={one.id} event={one} membership={membership} />
              ))}
            </Rows>
          )
        }
      </LoadedRows>
    </Panel>
  )
}

export const Page = () => {
  const { happened } = useWords()
  return (
    <OrganizationPage section="events" intro={happened.intro}>
      {(membership) => <Events membership={membership} />}
    </OrganizationPage>
  )
}
