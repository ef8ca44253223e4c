import type { AuthorizingClient } from './authorizing-client.ts'

/** What every check of an authorization request looks at. */
export type CheckInput = {
  readonly parameters: ReadonlyMap<string, string>
  readonly resources: readonly string[]
  readonly client: AuthorizingClient
}
