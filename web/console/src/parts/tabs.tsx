import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { useSearchState } from './search-state.ts'

export type Tab = { readonly name: string; readonly title: string; readonly content: () => ReactNode }

/** Parts of a page, one at a time; which one stands in the address, so each can be linked to. */
export const Tabs = ({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) => {
  const { search } = useSearchState()
  const open = tabs.find(({ name }) => name === search['tab']) ?? tabs[0]
  const list = useRef<HTMLUListElement>(null)
  const name = open?.name
  // On a phone the tabs are wider than the screen.
  useEffect(() => {
    const here = name === undefined ? null : list.current?.querySelector<HTMLElement>('[aria-current=page]')
    here?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [name])
  return (
    <>
      <nav className="tabs" aria-label={label}>
        <ul ref={list}>
          {tabs.map(({ name: own, title }, index) => (
            <li key={own}>
              <Link
                to="."
                search={index === 0 ? {} : { tab: own }}
                resetScroll={false}
                activeProps={{}}
                activeOptions={{ exact: true }}
                {...(own === name ? { 'aria-current': 'page' as const } : {})}
              >
                {title}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {open?.content()}
    </>
  )
}
