import type { AuthenticatingClient, ClientSecret } from '../client.ts'
import type { ClientAuthPorts } from './client-auth-ports.ts'

// Compared where there is no secret, so that the work says nothing about the client.
const decoy: ClientSecret = { hash: new Uint8Array(32), expiresAt: 0 }

export type SecretPorts = Pick<ClientAuthPorts<AuthenticatingClient>, 'sha256' | 'equal' | 'now'>

export const isLive = ({ expiresAt }: ClientSecret, now: number): boolean => expiresAt === null || expiresAt > now

/** Whether the text is a live secret: every one is compared, in constant time, and the empty text is none. */
export const isSecretOf = (secrets: readonly ClientSecret[], text: string, { sha256, equal, now }: SecretPorts): boolean => {
  const hash = sha256(text)
  const compared = secrets.length === 0 ? [decoy] : secrets
  const matches = compared.filter((secret) => equal(secret.hash, hash))
  return text !== '' && matches.some((secret) => isLive(secret, now))
}

/** The rule that the secret breaks, or undefined where it is right. */
export const checkSecret = (secrets: readonly ClientSecret[], text: string, ports: SecretPorts): string | undefined =>
  isSecretOf(secrets, text, ports) ? undefined : 'The client secret is wrong or has expired. Send one that is live.'
