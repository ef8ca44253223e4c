import { useAdmin, useMessages } from '../../console-context.tsx'
import { GivenRoles } from '../roles/given-roles.tsx'
import type { Client } from './client-parts.tsx'

export const ClientRoles = ({ client: { id } }: { readonly client: Client }) => {
  const admin = useAdmin()
  const { roles: words } = useMessages().clientParts
  const holder = {
    words,
    give: (role: string) => admin.put('/clients/{id}/roles/{role}', { path: { id, role } }),
    take: (role: string) => admin.delete('/clients/{id}/roles/{role}', { path: { id, role } }),
  }
  const read = async (signal: AbortSignal) => (await admin.get('/clients/{id}/roles', { path: { id }, signal })).body.roles
  return <GivenRoles {...{ holder, read, queryKey: ['clients', 'roles', id] }} />
}
