import { type ClientAdmin, createClientAdmin } from '../clients/clients.job.ts'
import { type Base, keyChangesOf, rotationOf } from '../compose.ts'
import { type Algorithm, ensureKeys } from '../keys/keys.ts'
import { onDatabase } from './context.ts'

const sizeBytesMax = 65_536
const waitMs = 5000

/** A document that the operator named on this machine; undefined where nothing usable came. */
export const fetchJson = async (uri: string): Promise<unknown> => {
  try {
    const response = await fetch(uri, { redirect: 'error', signal: AbortSignal.timeout(waitMs), headers: { accept: 'application/json' } })
    if (response.status !== 200) return undefined
    const text = await response.text()
    return text.length > sizeBytesMax ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Makes the key of an algorithm that no key exists for. */
export const ensureKeyOf =
  (base: Base) =>
  (algorithm: Algorithm): Promise<void> =>
    ensureKeys(keyChangesOf(base), rotationOf(base), [algorithm])

/** Runs `work` with the clients of the database that the settings name. */
export const onClients = <T>(work: (admin: ClientAdmin) => Promise<T>): Promise<T> =>
  onDatabase((base) => {
    const { config, db, tenantId } = base
    const sealingKey = config.key('client-secrets')
    return work(createClientAdmin({ db, tenantId, sealingKey, fetchJson, ensureKey: ensureKeyOf(base) }))
  })
