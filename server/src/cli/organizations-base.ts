import type { Base } from '../compose.ts'
import { record } from '../events/events.job.ts'
import { makeEvent } from '../events/events.ts'
import { methods, type SignInPolicy, signInPolicyKey, signInPolicyOf } from '../login/login.ts'
import { messageKeyPurpose, messengerOf } from '../mail/mail.ts'
import { createDomainAdmin, type DomainAdmin } from '../organizations/domains.job.ts'
import { createMemberAdmin, type MemberAdmin } from '../organizations/members.job.ts'
import { type Acting, createOrganizationAdmin, type OrganizationAdmin, type OrganizationRow } from '../organizations/organizations.job.ts'
import { createPolicyCheck, everythingInside, type Refusal } from '../organizations/organizations.ts'
import { createPolicyAdmin, type PolicyAdmin } from '../organizations/policy.job.ts'
import { systemClock } from '../platform/clock.ts'
import { isUuid } from '../platform/ids.ts'
import { txtLookUp } from '../platform/txt-records.ts'
import { readSetting } from '../settings/settings.job.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { plain } from './output.ts'

export type At = {
  readonly base: Base
  readonly organizations: OrganizationAdmin
  readonly members: MemberAdmin
  readonly domains: DomainAdmin
  readonly policies: PolicyAdmin
  readonly acting: Acting
}

/** The values of an option that can be given again. */
export const collect = (one: string, before: readonly string[] = []): readonly string[] => [...before, one]

const sentences: Partial<Record<Refusal['kind'], string>> = {
  taken: 'There is an organization with this slug already.',
  'last-owner': 'This is the last owner of the organization who can sign in. Make another owner first.',
  'member-already': 'This person is a member already.',
  'no-member': 'This person is no member.',
}

export const refused = (refusal: Refusal): CliError =>
  new CliError(
    refusal.kind === 'unknown-role'
      ? `There is no role "${plain(refusal.role)}" for organizations. There are owner, administrator, member and those of your own.`
      : (sentences[refusal.kind] ?? 'This could not be changed: it is not there any more.'),
  )

/** The methods that the tenant lets people sign in with now. */
const offeredOf =
  ({ db, tenantId }: Base) =>
  async () => {
    const policy = signInPolicyOf(await readSetting<Partial<SignInPolicy>>(tenantId, db, signInPolicyKey))
    return methods.filter(({ name }) => policy.methods[name])
  }

/** Runs `work` with the organizations of the database that the settings name; the command line may do everything in them. */
export const onOrganizations = <T>(work: (at: At) => Promise<T>): Promise<T> =>
  onDatabase((base) => {
    const { db, tenantId, config } = base
    const messenger = messengerOf(config.key(messageKeyPurpose))
    const deps = { db, tenantId, record, messenger, lookUpTxt: txtLookUp(config.dnsServers) }
    const policing = { ...deps, offeredMethods: offeredOf(base), checkPolicy: createPolicyCheck(methods), now: systemClock }
    const acting: Acting = { permissions: everythingInside, events: { make: (input) => makeEvent({ ...input, tenantId }) } }
    return work({
      ...{ base, acting, organizations: createOrganizationAdmin(deps), members: createMemberAdmin(deps) },
      ...{ domains: createDomainAdmin(deps), policies: createPolicyAdmin(policing) },
    })
  })

/** The organization that a slug or an id means. */
export const findOrganization = async ({ organizations }: At, text: string): Promise<OrganizationRow> => {
  const found = await (isUuid(text.toLowerCase()) ? organizations.find(text.toLowerCase()) : organizations.findBySlug(text))
  if (found === undefined) throw new CliError(`There is no organization "${plain(text)}". See: cip organizations list`)
  return found
}
