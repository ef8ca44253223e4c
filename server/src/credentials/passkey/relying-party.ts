/**
 * Who asks for passkeys (Web Authentication Level 3 section 5.4.2). `ids` are accepted, new passkeys are made for the first; `origins` are
 * the pages from which an answer may come, compared to the letter.
 */
export type RelyingParty = { readonly name: string; readonly ids: readonly [string, ...string[]]; readonly origins: readonly string[] }

type Policy = {
  readonly issuer: string
  readonly name: string
  /** Instead of the issuer's own host; the first is the one that new passkeys are made for. */
  readonly rpIds?: readonly string[]
  /** Pages on other hosts that use these passkeys too; the first id has to name them in its `/.well-known/webauthn`. */
  readonly relatedOrigins?: readonly string[]
}

// An address is no id. A single label is a top-level domain, a public suffix; longer ones are refused by the browsers, who keep the list of them.
const isRpId = (host: string): boolean =>
  host === 'localhost' || (host.length <= 253 && /^(?=.*[a-z])[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/.test(host) && !/\.\d+$/.test(host))

/** The origin of a page where passkeys work: a host name, over TLS unless it is this machine; undefined for any other. */
export const readOrigin = (text: string): string | undefined => {
  if (!URL.canParse(text)) return undefined
  const { protocol, hostname, origin } = new URL(text)
  const isSecure = protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost')
  return isSecure && isRpId(hostname) ? origin : undefined
}

/** Undefined where passkeys cannot work: the issuer is reached by an address, or without TLS, or an id or origin of the policy is none. */
export const relyingPartyOf = ({ issuer, name, rpIds = [], relatedOrigins = [] }: Policy): RelyingParty | undefined => {
  const own = readOrigin(issuer)
  if (own === undefined) return undefined
  const [first = new URL(own).hostname, ...more] = rpIds
  const related = relatedOrigins.map((origin) => (readOrigin(origin) === origin ? origin : undefined))
  if (![first, ...more].every(isRpId) || related.includes(undefined)) return undefined
  return { name, ids: [first, ...more], origins: [own, ...relatedOrigins] }
}

/** The document `/.well-known/webauthn` of a relying party id: which other pages may use its passkeys (section 5.11.1). */
export const relatedOriginsDocument = (origins: readonly string[]): { readonly origins: readonly string[] } => ({ origins: [...origins] })
