import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useMay, useMessages } from '../../console-context.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { useSearchState } from '../../parts/search-state.ts'
import type { Search } from '../../search.ts'
import { Connected } from './connected.tsx'
import { type KindName, kindIn, kindNames, kinds, stackIn } from './kinds.ts'
import { Register } from './register.tsx'

const Choice = ({ isHere, search, children }: { readonly isHere: boolean; readonly search: Search; readonly children: ReactNode }) => (
  <Link
    to="."
    search={search}
    replace
    resetScroll={false}
    activeProps={{}}
    activeOptions={{ exact: true }}
    className="choice"
    {...{ 'aria-current': isHere ? ('page' as const) : undefined }}
  >
    {children}
  </Link>
)

const Kinds = ({ chosen }: { readonly chosen: KindName | undefined }) => {
  const { connect } = useMessages()
  return (
    <Panel title={connect.kind}>
      <nav className="choices" aria-label={connect.kind}>
        {kindNames.map((kind) => (
          <Choice key={kind} isHere={kind === chosen} search={{ kind }}>
            <Icon name={kinds[kind].icon} size={24} />
            <strong>{connect.kinds[kind].name}</strong>
            <span className="quiet">{connect.kinds[kind].text}</span>
          </Choice>
        ))}
      </nav>
    </Panel>
  )
}

const Stacks = ({ kind, chosen }: { readonly kind: KindName; readonly chosen: string }) => {
  const { connect } = useMessages()
  if (kinds[kind].stacks.length < 2) return null
  return (
    <Panel title={connect.stack}>
      <nav className="choices" aria-label={connect.stack}>
        {kinds[kind].stacks.map((stack) => (
          <Choice key={stack} isHere={stack === chosen} search={{ kind, stack }}>
            <strong>{connect.stacks[stack]}</strong>
          </Choice>
        ))}
      </nav>
    </Panel>
  )
}

type Made = { readonly id: string; readonly secret: string | undefined }

/** From nothing to the first sign-in. Where one is stands in the address; the secret alone lives as long as the page. */
export const Page = () => {
  const { sections, connect, notAllowed } = useMessages()
  const may = useMay()
  const { search } = useSearchState()
  const [made, setMade] = useState<Made>()
  const kind = kindIn(search['kind'])
  const stack = kind === undefined ? undefined : stackIn(kind, search['stack'])
  const client = search['client']
  const head = <PageHead title={connect.title} text={connect.intro} up={{ to: '/clients', title: sections.clients }} />
  if (!may('clients:write'))
    return (
      <>
        {head}
        <p>{notAllowed.text('clients:write')}</p>
      </>
    )
  if (kind !== undefined && stack !== undefined && client !== undefined)
    return (
      <>
        {head}
        <Connected {...{ kind, stack }} id={client} secret={made?.id === client ? made.secret : undefined} />
      </>
    )
  return (
    <>
      {head}
      <Kinds chosen={kind} />
      {kind === undefined || stack === undefined ? null : (
        <>
          <Stacks kind={kind} chosen={stack} />
          <Register key={`${kind} ${stack}`} {...{ kind, stack }} onMade={setMade} />
        </>
      )}
    </>
  )
}
