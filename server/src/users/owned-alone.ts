/** An organization that nobody else who can sign in owns. */
export type OwnedOrganization = { readonly id: string; readonly name: string }

const namedMax = 10

/** Why an account stays as it is, in one sentence, and what to do. */
export const ownedAloneSentence = (organizations: readonly OwnedOrganization[]): string => {
  const named = organizations.slice(0, namedMax).map(({ id, name }) => `${name} (${id})`)
  const more = organizations.length > namedMax ? ` and ${organizations.length - namedMax} more` : ''
  const what = `${named.join(', ')}${more}`
  return `No other owner who can sign in is left in: ${what}. Make somebody else an owner there, or delete the organization, and try again.`
}
