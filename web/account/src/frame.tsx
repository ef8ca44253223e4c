import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { OwnMark } from '@custom-identity-platform/kit/own-mark.tsx'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useState } from 'react'
import { useAccount, useBrand, useLanguage, useMessages } from './account-context.tsx'
import { useArrival } from './arrival.ts'
import { Foot } from './foot.tsx'
import { useMe } from './queries.ts'
import { groups, type Section } from './sections.ts'

/** The logo of the tenant in a box of fixed size, its name where it has none, and the mark of the platform where it has neither. */
const Masthead = () => {
  const { product } = useMessages()
  const { name, logo } = useBrand()
  return (
    <Link to="/" className="brand">
      {logo === undefined ? name === undefined ? <OwnMark /> : null : <img src={logo} alt="" width="120" height="32" />}
      {name === undefined ? null : <bdi className={logo === undefined ? 'brand-name' : 'hidden-text'}>{name}</bdi>}
      <span className="brand-product">{product}</span>
    </Link>
  )
}

const Entry = ({ section: { name, path, icon } }: { readonly section: Section }) => {
  const { pages } = useMessages()
  return (
    <li>
      <Link to={path} activeOptions={{ exact: path === '/' }} preload="intent">
        <Icon name={icon} />
        {pages[name]}
      </Link>
    </li>
  )
}

const Navigation = () => {
  const { groups: names, navigation } = useMessages()
  return (
    <nav aria-label={navigation}>
      {groups.map(({ name, sections }) => (
        <div key={name ?? ''}>
          {name === undefined ? null : <p className="nav-group">{names[name]}</p>}
          <ul>
            {sections.map((section) => (
              <Entry key={section.path} section={section} />
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

const Head = ({ isOpen, onToggle }: { readonly isOpen: boolean; readonly onToggle: () => void }) => {
  const { menu, signOut } = useMessages()
  const { client, issuer } = useAccount()
  const { data: me } = useMe()
  return (
    <header className="top">
      <button type="button" className="top-button menu-button" aria-expanded={isOpen} aria-controls="navigation" onClick={onToggle}>
        <Icon name="menu" />
        <span>{menu}</span>
      </button>
      <Masthead />
      <span className="top-who quiet">{me?.email ?? me?.username}</span>
      <button type="button" className="top-button" onClick={() => client.signOut(`${issuer}/account`)}>
        <Icon name="out" />
        <span>{signOut}</span>
      </button>
    </header>
  )
}

/** Tells that somebody else is at work here, on every page and for as long as it lasts. */
const Acting = () => {
  const { acting, actingUntil, stopActing } = useMessages()
  const { client, issuer } = useAccount()
  const language = useLanguage()
  const { data: me } = useMe()
  if (me?.acting == null) return null
  const { by, until } = me.acting
  const time = new Date(until).toLocaleTimeString(language, { timeStyle: 'short' })
  return (
    <div className="acting" role="status">
      <Icon name="warning" />
      <p>
        {acting(by ?? '?')} {actingUntil(time)}
      </p>
      <button type="button" className="top-button" onClick={() => client.signOut(`${issuer}/account`)}>
        {stopActing}
      </button>
    </div>
  )
}

/** What stands around every page. */
export const Frame = () => {
  const { skip } = useMessages()
  const [isOpen, setOpen] = useState(false)
  // That of the page that stands there: the one before stays until the next one is loaded.
  const pathname = useRouterState({ select: ({ resolvedLocation, location: next }) => (resolvedLocation ?? next).pathname })
  useArrival(pathname, () => setOpen(false))
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {skip}
      </a>
      <Head isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
      <Acting />
      <div className="side" id="navigation" data-open={isOpen}>
        <Navigation />
      </div>
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <Foot />
    </div>
  )
}
