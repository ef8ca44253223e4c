import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { useQuery } from '@tanstack/react-query'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { HeldRoles } from '../roles/given-roles.tsx'
import { keysOf, type User } from './user-parts.tsx'

/** What the person may administer. */
export const UserRoles = ({ user: { id, roles: held } }: { readonly user: User }) => {
  const admin = useAdmin()
  const words = useMessages().users.roles
  const query = useQuery({
    queryKey: ['roles', 'list'],
    queryFn: async ({ signal }) => (await admin.get('/roles', { signal })).body.roles,
  })
  const holder = {
    ...{ words, refresh: keysOf(id) },
    give: (role: string) => admin.put('/users/{id}/roles/{role}', { path: { id, role } }),
    take: (role: string) => admin.delete('/users/{id}/roles/{role}', { path: { id, role } }),
  }
  return (
    <Panel title={words.title} intro={words.intro}>
      <Loaded query={query}>{(roles) => <HeldRoles {...{ holder, held, roles }} />}</Loaded>
    </Panel>
  )
}
