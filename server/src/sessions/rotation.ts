/** The grant behind a refresh token that was accepted; `counter` is the one of the successor. `expiresAt` in milliseconds since 1970. */
type Rotated = {
  readonly counter: number
  readonly userId: string
  readonly sessionId: string
  readonly scope: string
  readonly clientId: string
  readonly expiresAt: number
}
/** What came of presenting a refresh token: a successor, the same successor again, the end of the family, or a refusal. */
export type Rotation =
  | ({ readonly kind: 'rotated' | 'repeated' } & Rotated)
  | { readonly kind: 'reused'; readonly sessionId: string }
  | { readonly kind: 'refused' }
