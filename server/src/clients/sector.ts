import type { ClientMetadata } from './metadata.ts'

export type SectorVerdict = { readonly kind: 'fine' } | { readonly kind: 'invalid'; readonly description: string }

/**
 * OpenID Connect Dynamic Registration 1.0 section 5: the document at `sector_identifier_uri` lists every redirect URI; without one, all redirect URIs of a
 * pairwise client share a host. `fetchJson` gives undefined where nothing usable came.
 */
export const checkSector = async (metadata: ClientMetadata, fetchJson: (uri: string) => Promise<unknown>): Promise<SectorVerdict> => {
  const uris = (metadata['redirect_uris'] ?? []) as readonly string[]
  const sector = metadata['sector_identifier_uri'] as string | undefined
  if (sector === undefined) {
    const hosts = new Set(uris.map((uri) => new URL(uri).hostname))
    const isOneHost = hosts.size === 1 && uris.every((uri) => /^https?:/i.test(uri))
    return metadata['subject_type'] === 'pairwise' && !isOneHost
      ? { kind: 'invalid', description: 'A pairwise client whose redirect URIs do not all name one host needs sector_identifier_uri.' }
      : { kind: 'fine' }
  }
  if (!sector.startsWith('https:')) return { kind: 'invalid', description: 'sector_identifier_uri must be an https URI.' }
  const listed = await fetchJson(sector)
  if (!Array.isArray(listed)) return { kind: 'invalid', description: 'sector_identifier_uri did not give a JSON list of redirect URIs.' }
  return uris.every((uri) => listed.includes(uri))
    ? { kind: 'fine' }
    : { kind: 'invalid', description: 'A redirect URI is missing from the list at sector_identifier_uri.' }
}
