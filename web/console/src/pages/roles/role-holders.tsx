import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PlainTable } from '../../parts/plain-table.tsx'
import { usePages } from '../../shell/navigation.tsx'

type Holder = AdminAnswer<'get', '/roles/{role}/holders'>['body']['holders'][number]

const placeOf = ({ kind, id }: Holder): string => {
  if (kind === 'user') return `/users/${id}`
  return kind === 'group' ? `/groups/${id}` : `/clients/${encodeURIComponent(id)}`
}

const Name = ({ holder }: { readonly holder: Holder }) => {
  const isPage = usePages()
  const [place, title] = [placeOf(holder), holder.name ?? holder.id]
  if (!isPage(place)) return title
  // Where roles are given and taken.
  return (
    <Link to={place} search={holder.kind === 'group' ? {} : { tab: 'roles' }}>
      {title}
    </Link>
  )
}

export const RoleHolders = ({ role }: { readonly role: string }) => {
  const admin = useAdmin()
  const { roles } = useMessages()
  const query = useQuery({
    queryKey: ['roles', 'holders', role],
    queryFn: async ({ signal }) => (await admin.get('/roles/{role}/holders', { path: { role }, signal })).body,
  })
  return (
    <Panel title={roles.holders} intro={roles.holdersIntro}>
      <Loaded query={query}>
        {({ holders, more }) => (
          <>
            <PlainTable
              {...{ label: roles.holders, rows: holders, none: roles.holdersNone }}
              columns={[
                { key: 'name', title: roles.holder, cell: (holder) => <Name holder={holder} /> },
                { key: 'kind', title: roles.kind, cell: ({ kind }) => roles.holderKinds[kind] },
              ]}
              rowKey={({ kind, id }) => `${kind} ${id}`}
            />
            {more ? <p className="quiet">{roles.holdersMore}</p> : null}
          </>
        )}
      </Loaded>
    </Panel>
  )
}
