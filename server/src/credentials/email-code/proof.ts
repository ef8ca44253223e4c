import { equalBytes, hmacSha256 } from '../../platform/digest.ts'
import { type Handle, makeHandle, readHandle } from '../../platform/handle.ts'
import { randomDigits } from '../../platform/random.ts'

/** What a code or link stands for; one of one purpose opens nothing of another. */
export type Purpose =
  | 'sign-in'
  | 'second-factor'
  | 'sign-up'
  | 'verify-email'
  | 'change-email'
  | 'undo-email'
  | 'verify-phone'
  | 'reset'
  | 'freeze'
  | 'invitation'
  | 'first-administrator'
  | 'cancel-deletion'

type Kind = { readonly lifeSeconds: number; readonly digits: number; readonly hasLink: boolean }

const minutes = 60
const hours = 3600
const days = 86_400

/** Lives and shapes of each purpose: 6 digits, 8 where the code replaces a lost credential; links carry 256 random bits. */
export const kinds: Readonly<Record<Purpose, Kind>> = {
  'sign-in': { lifeSeconds: 10 * minutes, digits: 6, hasLink: true },
  'second-factor': { lifeSeconds: 10 * minutes, digits: 6, hasLink: false },
  'sign-up': { lifeSeconds: 30 * minutes, digits: 6, hasLink: true },
  'verify-email': { lifeSeconds: 24 * hours, digits: 6, hasLink: true },
  'change-email': { lifeSeconds: 24 * hours, digits: 6, hasLink: true },
  'undo-email': { lifeSeconds: 7 * days, digits: 0, hasLink: true },
  'verify-phone': { lifeSeconds: 10 * minutes, digits: 6, hasLink: false },
  reset: { lifeSeconds: 30 * minutes, digits: 8, hasLink: true },
  freeze: { lifeSeconds: 7 * days, digits: 0, hasLink: true },
  invitation: { lifeSeconds: 7 * days, digits: 0, hasLink: true },
  'first-administrator': { lifeSeconds: 24 * hours, digits: 0, hasLink: true },
  'cancel-deletion': { lifeSeconds: 30 * days, digits: 0, hasLink: true },
}

/** Wrong codes that one proof takes. */
export const triesMax = 5

const linkPrefix = 'cip_ln_'

/** A new proof of a purpose: what the person gets, and what the row keeps of it. */
export type MadeProof = {
  readonly code: string
  readonly link: string
  readonly codeMac: Buffer | undefined
  readonly linkHash: Buffer | undefined
}

/** Binds a code to its row: six digits are few, so that the row holds a MAC under a key that is not in the database. */
export const codeMac = (key: Uint8Array, id: string, code: string): Buffer => hmacSha256(key, JSON.stringify([id, code]))

export const makeProof = (key: Uint8Array, id: string, purpose: Purpose): MadeProof => {
  const { digits, hasLink } = kinds[purpose]
  const code = digits === 0 ? '' : randomDigits(digits)
  const link = hasLink ? makeHandle(linkPrefix, id) : undefined
  return {
    code,
    link: link?.text ?? '',
    codeMac: digits === 0 ? undefined : codeMac(key, id, code),
    linkHash: link?.hash,
  }
}

/** A code as people type it: spaces and hyphens between the digits do no harm. Undefined where it is none. */
export const readCode = (typed: string): string | undefined => {
  const digits = typed.slice(0, 64).replaceAll(/[\s-]/g, '')
  return /^\d{6,8}$/.test(digits) ? digits : undefined
}

/** The row that a link names, with the hash of its secret. */
export const readLink = (text: string): Handle | undefined => readHandle(linkPrefix, text)

export const isLinkOf = (linkHash: Uint8Array | undefined, { hash }: Pick<Handle, 'hash'>): boolean =>
  linkHash !== undefined && equalBytes(linkHash, hash)

/** A proof ready to be written together with the change that it belongs to, shaped for `insertProofs`. */
export type ProofRow = {
  readonly tenant_id: string
  readonly id: string
  readonly purpose: Purpose
  readonly user_id: string
  readonly link_hash: string
  readonly address: string
  readonly life_seconds: number
}

/** A link of a notice, such as the one that says that it was somebody else: it is drawn up with the message and spent later. */
export const makeNoticeLink = (tenantId: string, { id, purpose, userId }: { id: string; purpose: Purpose; userId: string }) => {
  const { text, hash } = makeHandle(linkPrefix, id)
  const row: ProofRow = {
    ...{ tenant_id: tenantId, id, purpose, user_id: userId, link_hash: hash.toString('base64'), address: '' },
    life_seconds: kinds[purpose].lifeSeconds,
  }
  return { text, row }
}

const shape = 'tenant_id uuid, id uuid, purpose text, user_id uuid, link_hash text, address text, life_seconds float8'

/** The SQL that writes the proofs in the JSON array `source`, for use inside the statement of the change. */
export const insertProofs = (source: string, condition = 'true'): string =>
  `insert into proofs (tenant_id, id, purpose, user_id, link_hash, address, expires_at)
   select tenant_id, id, purpose, user_id, decode(link_hash, 'base64'), address, now() + make_interval(secs => life_seconds)
   from jsonb_to_recordset(${source}::jsonb) as p(${shape}) where ${condition}`

/** The parameter that `insertProofs` reads. */
export const proofsParameter = (...proofs: readonly ProofRow[]): string => JSON.stringify(proofs)
