import type { AuthenticatingClient } from '../client.ts'
import type { FindKeys } from '../jwt/jwk.ts'

export type ClientAuthPorts<C extends AuthenticatingClient> = {
  readonly findClient: (id: string) => Promise<C | undefined>
  readonly sha256: (text: string) => Uint8Array
  /** Compares in constant time. */
  readonly equal: (left: Uint8Array, right: Uint8Array) => boolean
  /** The UTF-8 bytes of a sealed secret. */
  readonly openSecret: (sealed: Uint8Array) => Uint8Array
  readonly keysOf: (client: C, query: Parameters<FindKeys>[0]) => ReturnType<FindKeys>
  /** True for the presentation of a `jti` that came first; `expiresAt` in seconds since 1970. */
  readonly spendAssertion: (input: { readonly clientId: string; readonly jti: string; readonly expiresAt: number }) => Promise<boolean>
  /** Seconds since 1970. */
  readonly now: number
  /** What an assertion may be made out to: the issuer, and the URL of the token endpoint where that is accepted. */
  readonly audiences: readonly string[]
}
