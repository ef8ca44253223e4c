/** The scope with which a client asks for one organization; which one, the parameter `organization` says. */
export const organizationScope = 'organization'

const prefix = `${organizationScope}:`
const form = /^organization:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** No organization has it: what a request for one that does not exist is told apart from a foreign one by nobody. */
const nobodys = '00000000-0000-0000-0000-000000000000'

/** The scope as a grant keeps it: with the organization that was chosen. */
export const scopeOfOrganization = (scope: readonly string[], organizationId: string | undefined): readonly string[] =>
  scope.map((one) => (one === organizationScope ? prefix + (organizationId ?? nobodys) : one))

/** The organization that a granted scope is for; undefined where it is for none. */
export const organizationOf = (scope: readonly string[]): string | undefined => scope.find((one) => form.test(one))?.slice(prefix.length)
