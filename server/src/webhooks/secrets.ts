import { seal, unseal } from '../platform/seal.ts'

/** A signing secret; one that was replaced signs beside its successor until its end, in milliseconds since 1970. */
export type WebhookSecret = { readonly secret: string; readonly until: number | null }

type Place = { readonly tenantId: string; readonly id: string }
const contextOf = ({ tenantId, id }: Place): string => JSON.stringify(['webhook', tenantId, id])

export const sealSecrets = (key: Uint8Array, place: Place, secrets: readonly WebhookSecret[]): Buffer =>
  seal(key, Buffer.from(JSON.stringify(secrets)), contextOf(place))

const readSecrets = (key: Uint8Array, { sealed, ...place }: Place & { readonly sealed: Uint8Array }): readonly WebhookSecret[] => {
  const plain = unseal(key, sealed, contextOf(place))
  if (plain === undefined) throw new Error('The secrets of a webhook cannot be opened: they were sealed with another secret key.')
  return JSON.parse(plain.toString('utf8')) as readonly WebhookSecret[]
}

/** The secrets that sign now. */
export const openSecrets = (key: Uint8Array, sealed: Place & { readonly sealed: Uint8Array }, now: number): readonly string[] =>
  readSecrets(key, sealed)
    .filter(({ until }) => until === null || until > now)
    .map(({ secret }) => secret)

/** The present secret signs on until its end, beside the new one; those before are forgotten. */
export const rotateSecrets = (
  key: Uint8Array,
  sealed: Place & { readonly sealed: Uint8Array },
  { secret, until }: { readonly secret: string; readonly until: number },
): Buffer => {
  const present = readSecrets(key, sealed).find((one) => one.until === null)
  const before = present === undefined ? [] : [{ secret: present.secret, until }]
  return sealSecrets(key, sealed, [{ secret, until: null }, ...before])
}
