import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useSearchState } from './search-state.ts'

export type Tab = { readonly name: string; readonly title: string; readonly content: () => ReactNode }

/** Parts of a page, one at a time; which one stands in the address, so each can be linked to. */
export const Tabs = ({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) => {
  const { search } = useSearchState()
  const open = tabs.find(({ name }) => name === search['tab']) ?? tabs[0]
  return (
    <>
      <nav className="tabs" aria-label={label}>
        <ul>
          {tabs.map(({ name, title }, index) => (
            <li key={name}>
              <Link
                to="."
                search={index === 0 ? {} : { tab: name }}
                resetScroll={false}
                activeProps={{}}
                activeOptions={{ exact: true }}
                {...(name === open?.name ? { 'aria-current': 'page' as const } : {})}
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
