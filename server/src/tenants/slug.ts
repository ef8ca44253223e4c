/** A tenant's short name: a label of a host name (RFC 1035 section 2.3.1), which its address and cookies carry. */
export const slugPattern = '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$'

const slugForm = new RegExp(slugPattern)

export const isSlug = (text: string): boolean => slugForm.test(text)
