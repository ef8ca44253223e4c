import { isPersonalToken, readPersonalToken } from './personal-token.ts'
import { type HeldRole, permissionsOf } from './roles.ts'

export type AccessPort = {
  /** The roles of a person who may sign in, groups included; undefined where there is no such person. */
  readonly rolesOfUser: (tenantId: string, userId: string) => Promise<readonly HeldRole[] | undefined>
  readonly rolesOfClient: (tenantId: string, clientId: string) => Promise<readonly HeldRole[]>
  /** A token that lives, whose owner may sign in, with the owner's roles; its use is noted. */
  readonly useToken: (tenantId: string, token: { id: string; hash: Uint8Array }) => Promise<UsedToken | undefined>
}

export type UsedToken = { readonly userId: string; readonly permissions: readonly string[]; readonly roles: readonly HeldRole[] }

export type Administering = {
  readonly tenantId: string
  readonly kind: 'user' | 'token' | 'client'
  readonly id: string
  readonly userId: string | undefined
  readonly sessionId: string | undefined
  readonly permissions: ReadonlySet<string>
}

export type AdministratorDeps = {
  readonly tenantId: string
  readonly access: AccessPort
  /** Who is behind an access token of the scope `admin` that lives. */
  readonly personOf: (token: string) => Promise<{ readonly userId: string; readonly sessionId: string } | undefined>
  /** The application that got such a token for itself (RFC 6749 section 4.4). */
  readonly machineOf: (token: string) => Promise<string | undefined>
}

const byToken = async ({ tenantId, access }: AdministratorDeps, text: string): Promise<Administering | undefined> => {
  const handle = readPersonalToken(text)
  const used = handle && (await access.useToken(tenantId, handle))
  if (handle === undefined || used === undefined) return undefined
  const owners = permissionsOf(used.roles)
  const permissions = new Set(used.permissions.filter((one) => owners.has(one as never)))
  return { tenantId, kind: 'token', id: handle.id, userId: used.userId, sessionId: undefined, permissions }
}

/**
 * Who administers by this bearer token, and what that allows now: roles are read for every request, so that a role taken away counts at the next one. A
 * personal token allows what it was made for, as far as its owner still may.
 */
export const createAdministratorCheck =
  (deps: AdministratorDeps) =>
  async (token: string): Promise<Administering | undefined> => {
    if (isPersonalToken(token)) return byToken(deps, token)
    const { tenantId, access } = deps
    const person = await deps.personOf(token)
    if (person !== undefined) {
      const roles = await access.rolesOfUser(tenantId, person.userId)
      return roles && { tenantId, kind: 'user', id: person.userId, ...person, permissions: permissionsOf(roles) }
    }
    const clientId = await deps.machineOf(token)
    if (clientId === undefined) return undefined
    const permissions = permissionsOf(await access.rolesOfClient(tenantId, clientId))
    return { tenantId, kind: 'client', id: clientId, userId: undefined, sessionId: undefined, permissions }
  }
