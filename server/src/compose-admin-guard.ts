import { accessStore } from './access/access.ts'
import { lacking } from './access/lacking.ts'
import { refusalError } from './access/refusals.routes.ts'
import { permissionsOf } from './access/roles.ts'
import type { ClientOperator } from './clients/clients.job.ts'

// Scopes that let an application act as whoever signs in to it, up to an administrator: who may hand out roles may hand them out.
const strongScopes = ['admin', 'account']

const isStrong = (scope: unknown): boolean => typeof scope === 'string' && scope.split(' ').some((one) => strongScopes.includes(one))

/** Nobody changes an application that may do more than themselves, or lets one ask for what makes it so (attack case S-02). */
export const clientGuardOf =
  (tenantId: string, acting: { readonly permissions: ReadonlySet<string> }): ClientOperator['guard'] =>
  async (tx, { clientId, scopes }) => {
    const held = permissionsOf(await accessStore(tx).rolesOfClient(tenantId, clientId))
    const missing = lacking(acting, new Set<string>([...held, ...(scopes.some(isStrong) ? ['roles:write'] : [])]))
    if (missing.length > 0) throw refusalError({ kind: 'lacking', permissions: missing }, 'application')
  }
