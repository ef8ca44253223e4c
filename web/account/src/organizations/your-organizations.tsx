import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Empty, Panel, Pill, Row, Rows } from '@custom-identity-platform/kit/panel.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { Membership, OrganizationOffer, ReceivedInvitation } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useApi, useMessages } from '../account-context.tsx'
import { keepFocus } from '../arrival.ts'
import { Loaded, PageHead, Problem, useDay, When } from '../parts.tsx'
import { useMe } from '../queries.ts'
import { useAction } from '../step-up.tsx'
import { Leave } from './leave.tsx'
import { useOffers, useOrganizations, useReceivedInvitations, useRefreshAll } from './queries.ts'
import { useRoleIds } from './role-words.ts'
import { useWords } from './words.tsx'

type Chosen = { readonly id: string; readonly name: string }

const Initial = ({ name }: { readonly name: string }) => <span>{[...name][0]?.toUpperCase()}</span>

const useJoining = (run: (id: string) => Promise<unknown>, said: (name: string) => string) => {
  const [toast, refresh] = [useToast(), useRefreshAll()]
  return useAction({
    run: ({ id }: Chosen) => run(id),
    done: async (_, { name }) => {
      toast(said(name))
      await refresh()
      keepFocus()
    },
  })
}

type EntryProps<One> = { readonly one: One; readonly isBusy: boolean; readonly onChoose: (chosen: Chosen) => void }

const Invitation = ({ one: { id, organization, roles, expires_at: until }, isBusy, onChoose }: EntryProps<ReceivedInvitation>) => {
  const { list } = useWords()
  const [day, namesOf] = [useDay(), useRoleIds()]
  const { name } = organization
  return (
    <Row
      mark={<Initial name={name} />}
      title={<bdi>{name}</bdi>}
      lines={[list.as(namesOf(roles)), `${list.until} ${day(until)}`]}
      actions={
        <Button disabled={isBusy} aria-label={list.acceptOf(name)} onClick={() => onChoose({ id, name })}>
          {list.accept}
        </Button>
      }
    />
  )
}

const Invitations = () => {
  const api = useApi()
  const { list } = useWords()
  const query = useReceivedInvitations()
  const { act, isPending, problem } = useJoining(api.acceptOrganizationInvitation, list.accepted)
  if (query.data?.length === 0 || query.isPending) return null
  return (
    <Panel title={list.invitations} intro={list.invitationsIntro}>
      <Problem>{problem}</Problem>
      <Loaded query={query}>
        {(all) => (
          <Rows label={list.invitations}>
            {all.map((one) => (
              <Invitation key={one.id} one={one} isBusy={isPending} onChoose={act} />
            ))}
          </Rows>
        )}
      </Loaded>
    </Panel>
  )
}

const Offer = ({ one: { id, name, domain }, isBusy, onChoose }: EntryProps<OrganizationOffer>) => {
  const { list } = useWords()
  return (
    <Row
      mark={<Initial name={name} />}
      title={<bdi>{name}</bdi>}
      lines={[list.offerBy(domain)]}
      actions={
        <Button variant="default" disabled={isBusy} aria-label={list.joinOf(name)} onClick={() => onChoose({ id, name })}>
          {list.join}
        </Button>
      }
    />
  )
}

const Offers = () => {
  const api = useApi()
  const { list } = useWords()
  const query = useOffers()
  const { act, isPending, problem } = useJoining(api.joinOrganization, list.joined)
  if (query.data?.length === 0 || query.isPending) return null
  return (
    <Panel title={list.offers} intro={list.offersIntro}>
      <Problem>{problem}</Problem>
      <Loaded query={query}>
        {(all) => (
          <Rows label={list.offers}>
            {all.map((one) => (
              <Offer key={`${one.id} ${one.domain}`} one={one} isBusy={isPending} onChoose={act} />
            ))}
          </Rows>
        )}
      </Loaded>
    </Panel>
  )
}

const Organization = ({ membership }: { readonly membership: Membership }) => {
  const { list } = useWords()
  const namesOf = useRoleIds()
  const { id, name, roles, status, joined_at: at } = membership
  const isSuspended = status === 'suspended'
  const since = (
    <>
      {list.since} <When at={at} />
    </>
  )
  return (
    <Row
      mark={<Initial name={name} />}
      title={
        <Link className="area-link" to={`/organizations/${id}`} preload="intent">
          <bdi>{name}</bdi>
        </Link>
      }
      pill={isSuspended ? <Pill kind="warn">{list.suspended}</Pill> : null}
      lines={[isSuspended ? list.suspendedText : null, list.roles(namesOf(roles)), since]}
      actions={
        <>
          <Button component={Link} to={`/organizations/${id}`} variant="default" size="xs" aria-label={list.openOf(name)}>
            {list.open}
          </Button>
          <Leave membership={membership} isSmall />
        </>
      }
    />
  )
}

const None = () => {
  const { list } = useWords()
  const { data: me } = useMe()
  return (
    <Empty mark={<Icon name="building" size={32} />} title={list.none}>
      <p>{list.noneText}</p>
      {me !== undefined && !me.email_verified ? (
        <p>
          <Link to="/profile">{list.confirmFirst}</Link>
        </p>
      ) : null}
    </Empty>
  )
}

export const Page = () => {
  const { pages } = useMessages()
  const { list } = useWords()
  return (
    <>
      <PageHead title={pages.organizations}>{list.intro}</PageHead>
      <Invitations />
      <Offers />
      <Panel isOnlyOne title={list.title}>
        <Loaded query={useOrganizations()}>
          {(all) =>
            all.length === 0 ? (
              <None />
            ) : (
              <Rows label={list.title}>
                {all.map((one) => (
                  <Organization key={one.id} membership={one} />
                ))}
              </Rows>
            )
          }
        </Loaded>
      </Panel>
    </>
  )
}
