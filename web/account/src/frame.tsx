import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useAccount, useMessages } from './account-context.tsx'
import { useMe } from './queries.ts'
import { groups, type Section } from './sections.ts'

const Brand = () => (
  <svg width="28" height="28" viewBox="0 0 26 26" aria-hidden="true">
    <rect width="26" height="26" rx="7" fill="var(--accent)" />
    <g fill="none" stroke="var(--on-accent)" strokeWidth="2.4" strokeLinecap="round">
      <circle cx="13" cy="10.5" r="4.2" />
      <path d="M13 14.5V21M13 18h3.2" />
    </g>
  </svg>
)

const Entry = ({ section: { name, path, icon } }: { readonly section: Section }) => {
  const { pages } = useMessages()
  return (
    <li>
      <Link to={path} activeOptions={{ exact: true }} preload="intent">
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
  const { product, menu, signOut } = useMessages()
  const { client, issuer } = useAccount()
  const { data: me } = useMe()
  return (
    <header className="top">
      <button type="button" className="top-button menu-button" aria-expanded={isOpen} aria-controls="navigation" onClick={onToggle}>
        <Icon name="menu" />
        <span>{menu}</span>
      </button>
      <Link to="/" className="brand">
        <Brand />
        <span>{product}</span>
      </Link>
      <span className="top-who quiet">{me?.email ?? me?.username}</span>
      <button type="button" className="top-button" onClick={() => client.signOut(`${issuer}/account`)}>
        <Icon name="out" />
        <span>{signOut}</span>
      </button>
    </header>
  )
}

/** Moves the focus to the head of a new page, so that keyboards and screen readers start there. */
const useArrival = (path: string, onArrive: () => void): void => {
  const [first] = useState(path)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the path that arrives
  useEffect(() => {
    onArrive()
    if (path !== first) document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
  }, [path])
}

/** What stands around every page. */
export const Frame = () => {
  const { skip } = useMessages()
  const [isOpen, setOpen] = useState(false)
  const { pathname } = useLocation()
  useArrival(pathname, () => setOpen(false))
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {skip}
      </a>
      <Head isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
      <div className="side" id="navigation" data-open={isOpen}>
        <Navigation />
      </div>
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  )
}
