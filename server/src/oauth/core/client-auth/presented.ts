/** How a client showed who it is (RFC 6749 section 2.3, RFC 7521 section 4.2). Nothing in it is believed yet. */
export type Presented =
  | { readonly kind: 'basic'; readonly clientId: string; readonly secret: string }
  | { readonly kind: 'post'; readonly clientId: string; readonly secret: string }
  | { readonly kind: 'assertion'; readonly clientId: string; readonly assertion: string }
  | { readonly kind: 'none'; readonly clientId: string }

/** `description` is public; `rule` is one sentence for the log. `usedBasic`: the Authorization header came, so the answer is 401 with a challenge. */
export type Refusal = {
  readonly kind: 'refused'
  readonly error: 'invalid_client' | 'invalid_request'
  readonly description: string
  readonly rule: string
  readonly usedBasic: boolean
}
