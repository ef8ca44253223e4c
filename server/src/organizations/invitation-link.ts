import { type Handle, makeHandle, readHandle } from '../platform/handle.ts'

// A prefix of its own: the link of an invitation to the tenant is none of an organization.
const prefix = 'cip_io_'

/** A new secret for the invitation `id`; the row keeps the hash. */
export const makeOrganizationLink = (id: string): { readonly text: string; readonly hash: Buffer } => makeHandle(prefix, id)

/** The invitation that a link names, with the hash of its secret; undefined where it is no link of ours. */
export const readOrganizationLink = (text: string): Handle | undefined => readHandle(prefix, text)
