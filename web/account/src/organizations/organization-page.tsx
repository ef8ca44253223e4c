import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Notice } from '@custom-identity-platform/kit/panel.tsx'
import type { Membership } from '@custom-identity-platform/sdk'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Loaded, PageHead } from '../parts.tsx'
import { useOrganizations } from './queries.ts'
import { type AreaSection, areaSections, type SectionName } from './sections.ts'
import { useWords } from './words.tsx'

/** Whether the roles of the person allow something in the organization. */
export const may = ({ permissions }: Membership, needs: string | undefined): boolean => needs === undefined || permissions.includes(needs)

const Back = () => {
  const { area } = useWords()
  return (
    <p className="area-back">
      <Link to="/organizations">
        <Icon name="back" size={16} />
        {area.all}
      </Link>
    </p>
  )
}

const Navigation = ({ membership }: { readonly membership: Membership }) => {
  const { area } = useWords()
  const open = areaSections.filter(({ needs }) => may(membership, needs))
  if (open.length < 2) return null
  return (
    <nav aria-label={area.parts}>
      <ul className="area-parts">
        {open.map(({ name, path }) => (
          <li key={name}>
            <Link to={`/organizations/${membership.id}${path}`} activeOptions={{ exact: path === '' }} preload="intent">
              {area.sections[name]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

type HeadProps = { readonly membership: Membership; readonly title: string; readonly intro: string | undefined }

/** Names the organization and the page in one heading, so that whoever listens hears both. */
const Head = ({ membership, title, intro }: HeadProps) => (
  <header className="page-head">
    <Back />
    <h1 tabIndex={-1}>
      <span className="area-name">
        <bdi>{membership.name}</bdi>
      </span>
      <span className="hidden-text">: </span>
      {title}
    </h1>
    {intro === undefined ? null : <p>{intro}</p>}
    <Navigation membership={membership} />
  </header>
)

const NoMember = () => {
  const { area } = useWords()
  return (
    <>
      <Back />
      <PageHead title={area.gone}>{area.goneText}</PageHead>
    </>
  )
}

const isSuspended = ({ status }: Membership): boolean => status === 'suspended'

const Closed = ({ membership }: { readonly membership: Membership }) => {
  const { area, list } = useWords()
  return (
    <Notice kind="warn">
      <p>{isSuspended(membership) ? list.suspendedText : area.mayNotText}</p>
      <p>
        <Link to={`/organizations/${membership.id}`}>{area.sections.overview}</Link>
      </p>
    </Notice>
  )
}

const Suspended = () => {
  const { list } = useWords()
  return (
    <Notice kind="warn">
      <p>
        <strong>{list.suspended}.</strong> {list.suspendedText}
      </p>
    </Notice>
  )
}

type OrganizationPageProps = {
  readonly section: SectionName
  readonly title?: string
  /** Where it needs more than its section does. */
  readonly needs?: string
  readonly intro: string
  readonly children: (membership: Membership) => ReactNode
}

const sectionOf = (name: SectionName): AreaSection | undefined => areaSections.find((one) => one.name === name)

/** A page of the organization in the address, for whoever may see it. */
export const OrganizationPage = ({ section, title, needs, intro, children }: OrganizationPageProps) => {
  const { id = '' } = useParams({ strict: false }) as { readonly id?: string }
  const { area, list } = useWords()
  return (
    <Loaded query={useOrganizations()}>
      {(all) => {
        const membership = all.find((one) => one.id === id)
        if (membership === undefined) return <NoMember />
        const isOpen = may(membership, needs ?? sectionOf(section)?.needs)
        return (
          <>
            <Head
              membership={membership}
              title={isOpen ? (title ?? area.sections[section]) : isSuspended(membership) ? list.suspended : area.mayNot}
              intro={isOpen ? intro : undefined}
            />
            {isOpen && isSuspended(membership) ? <Suspended /> : null}
            {isOpen ? children(membership) : <Closed membership={membership} />}
          </>
        )
      }}
    </Loaded>
  )
}
