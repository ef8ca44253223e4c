/** What an ID token is made of; times in seconds. */
export type IdTokenInput = {
  readonly issuer: string
  readonly sub: string
  readonly clientId: string
  readonly now: number
  readonly ttlSeconds: number
  readonly nonce: string | undefined
  readonly authTime: number
  readonly acr: string | undefined
  readonly amr: readonly string[]
  readonly sid: string | undefined
  readonly accessToken: string | undefined
  readonly code: string | undefined
  /** Subject of who acts for the person (RFC 8693 section 4.1). */
  readonly actor?: string | undefined
  /** Claims of the person that the request asked to have in the ID token. */
  readonly claims: Readonly<Record<string, unknown>>
  /** base64url of the left half of the hash that belongs to the signature algorithm. */
  readonly halfHash: (text: string) => string
}

/** OpenID Connect Core sections 2 and 3.1.3.6; `sid` of Front-Channel Logout section 3. What the protocol says is written last: no other claim can stand in its place. */
export const idTokenClaims = (input: IdTokenInput): Readonly<Record<string, unknown>> => ({
  ...input.claims,
  iss: input.issuer,
  sub: input.sub,
  aud: input.clientId,
  azp: input.clientId,
  exp: input.now + input.ttlSeconds,
  iat: input.now,
  auth_time: input.authTime,
  amr: input.amr,
  nonce: input.nonce,
  acr: input.acr,
  sid: input.sid,
  act: input.actor === undefined ? undefined : { sub: input.actor },
  at_hash: input.accessToken === undefined ? undefined : input.halfHash(input.accessToken),
  c_hash: input.code === undefined ? undefined : input.halfHash(input.code),
})
