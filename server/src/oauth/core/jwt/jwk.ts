/** A JSON Web Key as it was received (RFC 7517 section 4); no member is believed before its use. */
export type Jwk = { readonly kty: string; readonly [member: string]: unknown }

/** What was found out about a client's keys; `rule` is for the log. */
export type KeysOutcome = { readonly kind: 'keys'; readonly keys: readonly Jwk[] } | { readonly kind: 'unavailable'; readonly rule: string }

/** Asks for the keys of a signer; with `isRefresh` because the key that `kid` names was not among those at hand. */
export type FindKeys = (query: { readonly kid: string | undefined; readonly isRefresh: boolean }) => Promise<KeysOutcome>
