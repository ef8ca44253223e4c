import type { AuthenticatingClient } from '../client.ts'
import type { ClientAuthPorts } from './client-auth-ports.ts'
import type { Presented } from './presented.ts'

/** One registered method: which presentation it takes, and the rule that a presentation breaks, or undefined where it proves the client. */
export type ClientAuthMethod<K extends Presented['kind'] = Presented['kind']> = {
  readonly name: string
  readonly takes: K
  readonly check: <C extends AuthenticatingClient>(
    client: C,
    presented: Extract<Presented, { kind: K }>,
    ports: ClientAuthPorts<C>,
  ) => Promise<string | undefined>
}
