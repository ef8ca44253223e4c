import { Icon, type IconName } from '@custom-identity-platform/kit/icons.tsx'
import type { Factors, Me } from '@custom-identity-platform/sdk'
import { Link } from '@tanstack/react-router'
import { useMessages } from '../account-context.tsx'
import type { Messages } from '../messages/messages.ts'
import { Loaded, PageHead, useDay } from '../parts.tsx'
import { useApplications, useFactors, useMe, useSessions } from '../queries.ts'
import type { PageName } from '../sections.ts'

type Advice = { readonly title: string; readonly text: string; readonly to: string; readonly icon: IconName }

const fewCodes = 3

const adviceFor = (me: Me, factors: Factors, { messages, day }: { messages: Messages; day: (at: string) => string }): readonly Advice[] => {
  const { overview } = messages
  const all: readonly (Advice | false)[] = [
    me.deletion_due_at !== null && {
      title: overview.deletion(day(me.deletion_due_at)),
      text: overview.deletionText,
      to: '/data',
      icon: 'warning',
    },
    me.email !== null &&
      !me.email_verified && { title: overview.verifyEmail, text: overview.verifyEmailText, to: '/profile', icon: 'mail' },
    !me.second_factor &&
      factors.passkeys.length === 0 && { title: overview.addFactor, text: overview.addFactorText, to: '/passkeys', icon: 'shield' },
    factors.totp.enrolled &&
      factors.recovery_codes.left < fewCodes && {
        title: overview.fewCodes(factors.recovery_codes.left),
        text: overview.fewCodesText,
        to: '/second-factor',
        icon: 'key',
      },
  ]
  return all.filter((one) => one !== false)
}

const Card = ({ title, text, to, icon }: Advice) => {
  const { overview } = useMessages()
  return (
    <li className="advice-card">
      <Icon name={icon} size={24} />
      <h3>{title}</h3>
      <p>{text}</p>
      <p>
        <Link to={to} aria-label={`${overview.open}: ${title}`}>
          {overview.open}
        </Link>
      </p>
    </li>
  )
}

const Checkup = ({ me, factors }: { readonly me: Me; readonly factors: Factors }) => {
  const messages = useMessages()
  const { overview } = messages
  const advice = adviceFor(me, factors, { messages, day: useDay() })
  return (
    <section aria-label={overview.advice}>
      <ul className="advice">
        {advice.length === 0 ? (
          <li className="advice-card advice-card-good">
            <Icon name="check" size={24} />
            <h3>{overview.allGood}</h3>
            <p>{overview.allGoodText}</p>
          </li>
        ) : (
          advice.map((one) => <Card key={one.to} {...one} />)
        )}
      </ul>
    </section>
  )
}

type TileProps = { readonly name: PageName; readonly to: string; readonly icon: IconName; readonly fact: string | undefined }

const Tile = ({ name, to, icon, fact }: TileProps) => {
  const { pages } = useMessages()
  return (
    <Link className="tile" to={to}>
      <Icon name={icon} size={22} />
      <b>{pages[name]}</b>
      <span className="tile-fact">{fact ?? '\u00a0'}</span>
    </Link>
  )
}

const Tiles = ({ me, factors }: { readonly me: Me | undefined; readonly factors: Factors | undefined }) => {
  const { facts } = useMessages().overview
  const [{ data: sessions }, { data: applications }] = [useSessions(), useApplications()]
  const day = useDay()
  return (
    <div className="tiles">
      <Tile name="profile" to="/profile" icon="person" fact={facts.profile} />
      <Tile name="passkeys" to="/passkeys" icon="passkey" fact={factors && facts.passkeys(factors.passkeys.length)} />
      <Tile name="sessions" to="/sessions" icon="laptop" fact={sessions && facts.sessions(sessions.length)} />
      <Tile name="applications" to="/applications" icon="apps" fact={applications && facts.applications(applications.length)} />
      <Tile name="activity" to="/activity" icon="activity" fact={facts.activity} />
      <Tile name="data" to="/data" icon="data" fact={me && facts.since(day(me.created_at))} />
    </div>
  )
}

const nameOf = ({ attributes, username }: Me): string | null => {
  const first = attributes['given_name'] ?? attributes['name']
  return typeof first === 'string' ? first : username
}

export const Page = () => {
  const { overview } = useMessages()
  const [me, factors] = [useMe(), useFactors()]
  return (
    <>
      <PageHead title={overview.title(me.data === undefined ? null : nameOf(me.data))}>{overview.intro}</PageHead>
      <Loaded query={me}>{(person) => <Loaded query={factors}>{(all) => <Checkup me={person} factors={all} />}</Loaded>}</Loaded>
      <Tiles me={me.data} factors={factors.data} />
    </>
  )
}
