import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { OwnMark } from '@custom-identity-platform/kit/own-mark.tsx'
import { Link, Outlet, useLocation, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useConsole, useMe, useMessages } from '../console-context.tsx'
import { opensTo, sectionAt } from '../sections.ts'
import { AccountMenu } from './account-menu.tsx'
import { NotAllowed } from './failures.tsx'
import { Navigation } from './navigation.tsx'
import { Palette } from './palette.tsx'

/** The logo of the tenant where it has one, the mark of the platform where it has none, and the name of the tenant. */
const Masthead = () => {
  const { brand, me } = useConsole()
  return (
    <Link to="/" className="brand">
      {brand.logo === undefined ? <OwnMark size={26} /> : <img src={brand.logo} alt="" width="96" height="26" />}
      <bdi>{brand.name ?? me.tenant.name}</bdi>
    </Link>
  )
}

const isMac = /Mac|iPhone|iPad/.test(navigator.platform)

const SearchButton = ({ onOpen }: { readonly onOpen: () => void }) => {
  const { palette } = useMessages()
  return (
    <button type="button" className="search-button" onClick={onOpen} aria-keyshortcuts={isMac ? 'Meta+K' : 'Control+K'}>
      <Icon name="search" size={18} />
      <span className="search-words">{palette.open}</span>
      <span className="key-hint" aria-hidden="true">
        {isMac ? '⌘ K' : 'Ctrl K'}
      </span>
    </button>
  )
}

const usePaletteKey = (onOpen: () => void): void => {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      onOpen()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [onOpen])
}

/** A page, or why the person may not see it. */
const Content = () => {
  const me = useMe()
  const section = sectionAt(useLocation().pathname)
  const isShut = section !== undefined && !opensTo(me, section)
  return isShut ? <NotAllowed permission={section.needs.join(' / ')} /> : <Outlet />
}

/** Beside the page, or over it where there is little room. */
const Drawer = ({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) => {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!isOpen) return undefined
    element.current?.querySelector<HTMLElement>('nav a')?.focus()
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      onClose()
      document.querySelector<HTMLElement>('[aria-controls=navigation]')?.focus()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [isOpen, onClose])
  return (
    <>
      <div className="side" id="navigation" data-open={isOpen} ref={element}>
        <Masthead />
        <Navigation />
      </div>
      {isOpen ? <div className="side-shade" onPointerDown={onClose} aria-hidden="true" /> : null}
    </>
  )
}

/** What stands around every page. */
export const Frame = () => {
  const { skip, menu } = useMessages()
  const [isOpen, setOpen] = useState(false)
  const [isSearching, setSearching] = useState(false)
  const [[open, close, shut]] = useState(() => [() => setSearching(true), () => setSearching(false), () => setOpen(false)] as const)
  const { pathname } = useLocation()
  // Until the part of the program that draws the page is there, the page before stays.
  const isOnTheWay = useRouterState({ select: ({ status }) => status === 'pending' })
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever goes somewhere is done with the drawer
  useEffect(() => setOpen(false), [pathname])
  usePaletteKey(open)
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {skip}
      </a>
      <Drawer isOpen={isOpen} onClose={shut} />
      <div className="page">
        <header className="top">
          <button
            type="button"
            className="top-button menu-button"
            aria-expanded={isOpen}
            aria-controls="navigation"
            onClick={() => setOpen(!isOpen)}
          >
            <Icon name="menu" />
            <span className="hidden-text">{menu}</span>
          </button>
          <SearchButton onOpen={open} />
          <AccountMenu />
        </header>
        <main id="content" tabIndex={-1} aria-busy={isOnTheWay}>
          <Content />
        </main>
      </div>
      {isSearching ? <Palette onClose={close} /> : null}
    </div>
  )
}
