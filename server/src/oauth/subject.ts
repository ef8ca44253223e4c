import { hmacSha256 } from '../platform/digest.ts'

export type SubjectClient = {
  readonly id: string
  readonly subjectType: 'public' | 'pairwise'
  readonly sectorIdentifier?: string | undefined
}

/** `sub` for this client: the user's id, or a pseudonym for the client's sector (OpenID Connect Core section 8.1). */
export const subjectOf = (key: Uint8Array, client: SubjectClient, userId: string): string =>
  client.subjectType === 'public'
    ? userId
    : hmacSha256(key, JSON.stringify(['pairwise', client.sectorIdentifier ?? client.id, userId])).toString('base64url')
