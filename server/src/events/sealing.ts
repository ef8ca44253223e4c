import { hmacSha256 } from '../platform/digest.ts'
import { canonicalAddress } from '../platform/network.ts'
import { seal, unseal } from '../platform/seal.ts'

/** What of an event is personal: the network address and the browser. */
export type PersonalData = { readonly ip?: string | undefined; readonly userAgent?: string | undefined }

/** The same sealed, as the columns of the events hold it; `sealed` in the hexadecimal form of a bytea. */
export type SealedColumns = { readonly key_id: string; readonly sealed: string; readonly ip_bucket: number | undefined }

/** Whose data it is: a person's by id, or of whomever the statement that writes the event finds. */
export type SealedFor = { readonly tenantId: string; readonly type: string; readonly owner: string | 'found' }

export type SealData = (event: SealedFor, data: PersonalData) => SealedColumns

/** A key of 256 bits that personal data of one person is sealed with. */
export type DataKey = { readonly id: string; readonly bytes: Buffer }

/** The keys of the installation for this: `keys` seals the data keys, `addresses` hashes addresses. */
export type EventSecrets = { readonly keys: Uint8Array; readonly addresses: Uint8Array }

export const eventSecrets = (key: (purpose: string) => Uint8Array): EventSecrets => ({
  keys: key('event-keys'),
  addresses: key('event-addresses'),
})

const keyPlace = (id: string): string => `event key ${id}`
// Not bound to the event: where a statement ends several sessions, it copies one event for each, and events of one place have the same.
const dataPlace = (tenantId: string, keyId: string): string => `event data ${tenantId} ${keyId}`

export const sealKey = ({ keys }: EventSecrets, { id, bytes }: DataKey): Buffer => seal(keys, bytes, keyPlace(id))

/** Events of one address share a bucket with those of about one in 65,536 others, so that it can be looked for and not be read off. */
export const addressBucket = ({ addresses }: EventSecrets, tenantId: string, ip: string): number =>
  hmacSha256(addresses, `${tenantId} ${canonicalAddress(ip)}`).readUInt16BE(0)

type Sealing = { readonly tenantId: string; readonly key: DataKey; readonly data: PersonalData }

export const sealData = (secrets: EventSecrets, { tenantId, key, data: { ip, userAgent } }: Sealing): SealedColumns => {
  const text = JSON.stringify([ip === undefined ? null : canonicalAddress(ip), userAgent ?? null])
  const sealed = seal(key.bytes, Buffer.from(text), dataPlace(tenantId, key.id))
  return {
    key_id: key.id,
    sealed: `\\x${sealed.toString('hex')}`,
    ip_bucket: ip === undefined ? undefined : addressBucket(secrets, tenantId, ip),
  }
}

/** An event as a query reads it together with the key that its personal data is sealed with; `key_sealed` is null where there is none (any more). */
export type SealedRow = {
  readonly ip: string | null
  readonly user_agent: string | null
  readonly key_id: string | null
  readonly sealed: Uint8Array | null
  readonly key_sealed: Uint8Array | null
}

/** `erased`: it was sealed for a person, and the key is gone. */
export type PersonalDataState = 'readable' | 'erased' | 'none'

type Opened = { readonly ip: string | null; readonly user_agent: string | null; readonly personal_data: PersonalDataState }
export type OpenedRow<Row extends SealedRow> = Omit<Row, keyof SealedRow> & Opened

type Opening = { readonly secrets: EventSecrets; readonly tenantId: string; readonly keys: Map<string, Buffer | undefined> }

const keyOf = ({ secrets, keys }: Opening, id: string, sealed: Uint8Array): Buffer | undefined => {
  if (!keys.has(id)) keys.set(id, unseal(secrets.keys, sealed, keyPlace(id)))
  return keys.get(id)
}

const openOne = (opening: Opening, { ip, user_agent, key_id: id, sealed, key_sealed: sealedKey }: SealedRow): Opened => {
  if (ip !== null || user_agent !== null) return { ip, user_agent, personal_data: 'readable' }
  if (id === null || sealed === null) return { ip, user_agent, personal_data: 'none' }
  const key = sealedKey === null ? undefined : keyOf(opening, id, sealedKey)
  const opened = key && unseal(key, sealed, dataPlace(opening.tenantId, id))
  if (opened === undefined) return { ip: null, user_agent: null, personal_data: 'erased' }
  const [address, browser] = JSON.parse(opened.toString()) as [string | null, string | null]
  return { ip: address, user_agent: browser, personal_data: 'readable' }
}

/** Events with their personal data as far as it can be read. The one place where it is unsealed. */
export const openRows = <Row extends SealedRow>(secrets: EventSecrets, tenantId: string, rows: readonly Row[]): OpenedRow<Row>[] => {
  const opening: Opening = { secrets, tenantId, keys: new Map() }
  return rows.map(({ ip, user_agent, key_id, sealed, key_sealed, ...row }) => ({
    ...row,
    ...openOne(opening, { ip, user_agent, key_id, sealed, key_sealed }),
  }))
}
