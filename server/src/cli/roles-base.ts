import { type AccessAdmin, type AccessRefusal, type Acting, createAccessAdmin, everything } from '../access/access.job.ts'
import type { Base } from '../compose.ts'
import { record } from '../events/events.job.ts'
import { makeEvent } from '../events/events.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { plain } from './output.ts'

/** The command line acts with every permission: whoever reaches the database can change it anyway. */
const actingOf = ({ tenantId }: Base): Acting => ({
  permissions: everything,
  events: { make: (input) => makeEvent({ ...input, tenantId }) },
})

/** Runs `work` with the roles of the database that the settings name. */
export const onRoles = <T>(work: (admin: AccessAdmin, acting: Acting, base: Base) => Promise<T>): Promise<T> =>
  onDatabase((base) => work(createAccessAdmin({ db: base.db, tenantId: base.tenantId, record }), actingOf(base), base))

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
