/** What an access token is made of; times in seconds. */
export type AccessTokenInput = {
  readonly issuer: string
  readonly sub: string
  readonly clientId: string
  readonly audience: readonly string[]
  readonly now: number
  readonly ttlSeconds: number
  readonly jti: string
  readonly scope: readonly string[]
  readonly sid: string | undefined
  readonly grantId: string | undefined
  /** Subject of who acts for the person (RFC 8693 section 4.1). */
  readonly actor?: string | undefined
  /** Of the person's sign-in; undefined where an application acts for itself. */
  readonly authTime: number | undefined
  readonly acr: string | undefined
  readonly claims: Readonly<Record<string, unknown>>
}

/** RFC 9068 section 2.2; by `auth_time` and `acr` an API can ask for a step-up (RFC 9470 section 6.1). `grant_id` names the grant that the token lives and dies with. */
export const accessTokenClaims = (input: AccessTokenInput): Readonly<Record<string, unknown>> => ({
  ...input.claims,
  iss: input.issuer,
  sub: input.sub,
  aud: input.audience.length === 1 ? input.audience[0] : input.audience,
  exp: input.now + input.ttlSeconds,
  iat: input.now,
  jti: input.jti,
  client_id: input.clientId,
  scope: input.scope.join(' '),
  sid: input.sid,
  grant_id: input.grantId,
  act: input.actor === undefined ? undefined : { sub: input.actor },
  auth_time: input.authTime,
  acr: input.acr,
})
