import type { Base } from '../compose.ts'
import { record } from '../events/events.job.ts'
import { makeEvent } from '../events/events.ts'
import { createMemberAdmin, type MemberAdmin } from '../organizations/members.job.ts'
import { type Acting, createOrganizationAdmin, type OrganizationAdmin, type OrganizationRow } from '../organizations/organizations.job.ts'
import { everythingInside } from '../organizations/organizations.ts'
import { isUuid } from '../platform/ids.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { plain } from './output.ts'

type At = { readonly base: Base; readonly organizations: OrganizationAdmin; readonly members: MemberAdmin; readonly acting: Acting }

/** Runs `work` with the organizations of the database that the settings name; the command line may do everything in them. */
export const onOrganizations = <T>(work: (at: At) => Promise<T>): Promise<T> =>
  onDatabase((base) => {
    const { db, tenantId } = base
    const deps = { db, tenantId, record }
    const acting: Acting = { permissions: everythingInside, events: { make: (input) => makeEvent({ ...input, tenantId }) } }
    return work({ base, organizations: createOrganizationAdmin(deps), members: createMemberAdmin(deps), acting })
  })

/** The organization that a slug or an id means. */
export const findOrganization = async ({ organizations }: At, text: string): Promise<OrganizationRow> => {
  const found = await (isUuid(text.toLowerCase()) ? organizations.find(text.toLowerCase()) : organizations.findBySlug(text))
  if (found === undefined) throw new CliError(`There is no organization "${plain(text)}". See: cip organizations list`)
  return found
}
