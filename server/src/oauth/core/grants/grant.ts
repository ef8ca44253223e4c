import type { GrantFacts, GrantPorts } from '../ports.ts'

/** What the token endpoint needs to know of the client that it has authenticated. */
export type GrantedClient = {
  readonly id: string
  readonly tokenEndpointAuthMethod: string
  readonly grantTypes: readonly string[]
  readonly scope?: readonly string[] | undefined
  readonly resources?: readonly string[] | undefined
  readonly refreshWithoutOfflineAccess: boolean
}

export type TokenRequest = {
  readonly client: GrantedClient
  readonly parameters: ReadonlyMap<string, string>
  readonly resources: readonly string[]
}

/** What is to be issued. Without `grant` the client acts for itself. */
export type Issue = {
  readonly grant: GrantFacts | undefined
  readonly scope: readonly string[]
  readonly resources: readonly string[]
  readonly nonce: string | undefined
  readonly hasIdToken: boolean
  readonly refreshToken: string | undefined
}

/** One grant type: checks the request, spends what it presents, and says what to issue. */
export type Grant = (request: TokenRequest, ports: GrantPorts) => Promise<Issue>
