import { isUuid } from '../platform/ids.ts'
import { checkEmail, checkUsername, type Identifier } from './identifiers.ts'

/** An account that is ready to be written. `encoded` is a hash that `inspect` accepted. */
export type ImportedUser = {
  readonly id: string | undefined
  readonly number: number | undefined
  readonly username: Identifier
  readonly email: Identifier
  readonly emailVerified: boolean
  readonly encoded: string | undefined
  /** A password in the clear, for the caller to hash. */
  readonly password: string | undefined
  readonly status: 'active' | 'disabled'
  /** RFC 3339. */
  readonly createdAt: string | undefined
}

export type RowReading = { readonly kind: 'ok'; readonly user: ImportedUser } | { readonly kind: 'refused'; readonly reason: string }

export type RowRules = {
  /** Whether a hash can be verified later, and why not. */
  readonly inspect: (encoded: string) => { readonly kind: 'ok' } | { readonly kind: 'refused'; readonly reason: string }
  /** Writes a Keycloak credential in a notation that `inspect` knows. */
  readonly convert: (credential: {
    credentialData: string
    secretData: string
  }) => { readonly kind: 'ok'; readonly encoded: string } | { readonly kind: 'refused'; readonly reason: string }
  readonly allowsPlainPasswords: boolean
}

type Raw = Readonly<Record<string, unknown>>
type Part<T> = { readonly value: T } | { readonly reason: string }

const columns = new Set(
  `id number username email email_verified emailVerified password_hash password credential credentials status enabled created_at createdTimestamp`.split(
    ' ',
  ),
)

// Identity columns leave room above: the next number must still be counted exactly.
const numberMax = 4_000_000_000_000_000

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === ''

const readNumber = (value: unknown): Part<number | undefined> => {
  if (isAbsent(value)) return { value: undefined }
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value
  const isFine = typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= numberMax
  return isFine ? { value: number } : { reason: 'number must be a whole number of at least 1' }
}

const readId = (value: unknown): Part<string | undefined> => {
  if (isAbsent(value)) return { value: undefined }
  const id = String(value).toLowerCase()
  return isUuid(id) ? { value: id } : { reason: 'id must be a UUID; an integer belongs in the column number' }
}

const readBoolean = (value: unknown, name: string): Part<boolean | undefined> => {
  if (isAbsent(value)) return { value: undefined }
  const text = String(value).toLowerCase()
  if (['true', 't', '1', 'yes'].includes(text)) return { value: true }
  return ['false', 'f', '0', 'no'].includes(text) ? { value: false } : { reason: `${name} must be true or false` }
}

const readStatus = ({ status, enabled }: Raw): Part<'active' | 'disabled'> => {
  if (isAbsent(status)) {
    const on = readBoolean(enabled, 'enabled')
    return 'reason' in on ? on : { value: on.value === false ? 'disabled' : 'active' }
  }
  return status === 'active' || status === 'disabled' ? { value: status } : { reason: 'status must be active or disabled' }
}

const readTime = ({ created_at: text, createdTimestamp: milliseconds }: Raw): Part<string | undefined> => {
  const value = isAbsent(text) ? milliseconds : text
  if (isAbsent(value)) return { value: undefined }
  const time = new Date(typeof value === 'number' ? value : String(value))
  const isFine = !Number.isNaN(time.getTime()) && time.getUTCFullYear() >= 1970 && time.getUTCFullYear() <= 9999
  if (!isFine) return { reason: 'created_at must be a time such as 2024-05-31T12:00:00Z' }
  // The text itself keeps the microseconds that JavaScript does not count.
  const isExact = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(value)
  return { value: isExact ? value : time.toISOString() }
}

type Credential = { readonly credentialData?: unknown; readonly secretData?: unknown; readonly type?: unknown }

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null))

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const keycloakOf = (raw: Raw): Credential | undefined => {
  const hash = raw['password_hash']
  const given = raw['credential'] ?? raw['credentials'] ?? (typeof hash === 'string' && /^[[{]/.test(hash) ? hash : undefined)
  const value = typeof given === 'string' ? parse(given) : given
  const list: unknown[] = Array.isArray(value) ? value : [value]
  const objects = list.filter((one): one is Credential => typeof one === 'object' && one !== null)
  return objects.find(({ type }) => type === undefined || type === 'password')
}

const readHash = (raw: Raw, { inspect, convert }: RowRules): Part<string | undefined> => {
  const credential = keycloakOf(raw)
  const converted = credential && convert({ credentialData: asText(credential.credentialData), secretData: asText(credential.secretData) })
  if (converted?.kind === 'refused') return { reason: converted.reason }
  const given = converted?.encoded ?? raw['password_hash']
  if (isAbsent(given)) return { value: undefined }
  if (typeof given !== 'string' || given.length > 4096) return { reason: 'password_hash must be a text of at most 4,096 characters' }
  const inspected = inspect(given)
  return inspected.kind === 'ok' ? { value: given } : { reason: `password_hash: ${inspected.reason}` }
}

const readPlain = ({ password }: Raw, { allowsPlainPasswords }: RowRules): Part<string | undefined> => {
  if (isAbsent(password)) return { value: undefined }
  if (!allowsPlainPasswords)
    return { reason: 'a password in the clear; give password_hash instead, or have it hashed (--hash-passwords, hash_passwords)' }
  return typeof password === 'string' ? { value: password } : { reason: 'password must be a text' }
}

const readName = (raw: Raw, name: 'username' | 'email'): Part<Identifier> => {
  const value = raw[name]
  if (typeof value !== 'string' || value === '') return { reason: `${name} is missing` }
  const check = name === 'username' ? checkUsername(value) : checkEmail(value)
  return check.kind === 'ok' ? { value: check.identifier } : { reason: `${name}: ${check.reason}` }
}

/** Checks one row as a registration would be, and its hash as a sign-in will need it. All reasons are told at once. */
export const readImportRow = (raw: unknown, rules: RowRules): RowReading => {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return { kind: 'refused', reason: 'the line is not a JSON object' }
  const row = raw as Raw
  const unknown = Object.keys(row).filter((name) => !columns.has(name) && !isAbsent(row[name]))
  const parts = {
    id: readId(row['id']),
    number: readNumber(row['number']),
    username: readName(row, 'username'),
    email: readName(row, 'email'),
    emailVerified: readBoolean(row['email_verified'] ?? row['emailVerified'], 'email_verified'),
    encoded: readHash(row, rules),
    password: readPlain(row, rules),
    status: readStatus(row),
    createdAt: readTime(row),
  }
  const reasons = Object.values(parts).flatMap((part) => ('reason' in part ? [part.reason] : []))
  if (unknown.length > 0) reasons.push(`unknown column ${unknown.join(', ')}`)
  if (reasons.length > 0) return { kind: 'refused', reason: reasons.join('; ') }
  const values = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, 'value' in part ? part.value : undefined]))
  return { kind: 'ok', user: { ...values, emailVerified: values['emailVerified'] ?? false } as ImportedUser }
}
