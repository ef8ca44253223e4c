import { newId } from '../platform/ids.ts'
import { seal } from '../platform/seal.ts'
import { clientSecretContext, makeClientSecret } from './client-secret.ts'
import type { NewSecret } from './clients.store.ts'

export type IssuedSecret = { readonly text: string; readonly stored: NewSecret }

/** Whether clients of this method hold a secret of ours. */
export const usesSecret = (method: unknown): boolean => typeof method === 'string' && method.startsWith('client_secret_')

type Owner = { readonly tenantId: string; readonly clientId: string; readonly method: unknown }

/** A new secret for the client, sealed readable only where it computes a MAC (client_secret_jwt); undefined where its method has none. */
export const issueSecret = (sealingKey: Uint8Array, { tenantId, clientId, method }: Owner): IssuedSecret | undefined => {
  if (!usesSecret(method)) return undefined
  const id = newId()
  const { text, hash } = makeClientSecret()
  const sealed =
    method === 'client_secret_jwt' ? seal(sealingKey, Buffer.from(text), clientSecretContext(tenantId, clientId, id)) : undefined
  return { text, stored: { id, hash, sealed } }
}

/** Whether a client that changes its method needs other secrets: none, its first, or one that can be read again. */
export const needsOtherSecrets = (before: unknown, after: unknown): boolean =>
  usesSecret(before) !== usesSecret(after) || (after === 'client_secret_jwt') !== (before === 'client_secret_jwt')
