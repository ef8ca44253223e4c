import { type AccessAdmin, type AccessRefusal, type Acting, createAccessAdmin, everything, type Holder } from '../access/access.job.ts'
import type { Base } from '../compose.ts'
import { nameOfClient, nameOfGroup } from '../compose-config-names.ts'
import type { Tx } from '../db/database.ts'
import { record } from '../events/events.job.ts'
import { makeEvent } from '../events/events.ts'
import { type ConfigChange, changeConfig } from './config-change.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { plain } from './output.ts'

/** The command line acts with every permission: whoever reaches the database can change it anyway. */
const actingOf = ({ tenantId }: Base): Acting => ({
  permissions: everything,
  events: { make: (input) => makeEvent({ ...input, tenantId }) },
})

const adminOf = ({ tenantId }: Base, db: Base['db'] | Tx): AccessAdmin => createAccessAdmin({ db, tenantId, record })

type Place = Pick<ConfigChange<unknown>, 'section' | 'name'>

// What a person holds is no configuration; what a group or an application holds is a part of it.
const placeOf = ({ tenantId }: Base, { kind, id }: Holder): Place | undefined => {
  if (kind === 'user') return undefined
  if (kind === 'group') return { section: 'groups', name: (tx) => nameOfGroup(tenantId, tx, id) }
  return { section: 'clients', name: (tx) => nameOfClient(tenantId, tx, id) }
}

const configured = (base: Base): AccessAdmin => {
  const change = <T extends { readonly kind: string }>(place: Place | undefined, work: (admin: AccessAdmin) => Promise<T>): Promise<T> =>
    place === undefined
      ? work(adminOf(base, base.db))
      : changeConfig<T>(base, { ...place, isRefused: ({ kind }) => kind !== 'done', work: ({ tx }) => work(adminOf(base, tx)) })
  const role = (id: string): Place => ({ section: 'roles', name: () => id })
  return {
    ...adminOf(base, base.db),
    create: (acting, input) => change(role(input.id), (admin) => admin.create(acting, input)),
    change: (acting, input) => change(role(input.id), (admin) => admin.change(acting, input)),
    remove: (acting, input) => change(role(input.id), (admin) => admin.remove(acting, input)),
    give: (acting, giving) => change(placeOf(base, giving.holder), (admin) => admin.give(acting, giving)),
    take: (acting, giving) => change(placeOf(base, giving.holder), (admin) => admin.take(acting, giving)),
  }
}

/** Runs `work` with the roles of the database that the settings name; each change of one is a version of the configuration. */
export const onRoles = <T>(work: (admin: AccessAdmin, acting: Acting, base: Base) => Promise<T>): Promise<T> =>
  onDatabase((base) => work(configured(base), actingOf(base), base))

const sentences: Readonly<Partial<Record<AccessRefusal['kind'], string>>> = {
  'built-in': 'is built in: it is not changed, and no other has its id. Make a role of your own.',
  taken: 'is there already. Change it with: cip roles set',
  held: 'is held by somebody. Take it from them first: cip roles take',
  'last-owner': 'is not taken: this is the last owner who can sign in. Make another owner first.',
  'owner-for-persons': 'is for persons alone. Give groups and applications another role.',
  gone: 'is not there, or who shall hold it is not. See: cip roles list',
}

/** The error that says why a role was not changed. */
export const roleError = (role: string, refusal: AccessRefusal): CliError => {
  if (refusal.kind === 'unknown-permission')
    return new CliError(`There is no permission "${plain(refusal.permission)}". See: cip roles permissions`)
  return new CliError(`The role ${plain(role)} ${sentences[refusal.kind] ?? 'could not be changed.'}`)
}
