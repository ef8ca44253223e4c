/** The two JSON texts of a row of Keycloak's `credential` table or of a user in its realm export. */
export type KeycloakCredential = { credentialData: string; secretData: string }

export type KeycloakConversion = { kind: 'ok'; encoded: string } | { kind: 'refused'; reason: string }

type Json = Record<string, unknown>

const digests: Record<string, string> = { pbkdf2: 'sha1', 'pbkdf2-sha256': 'sha256', 'pbkdf2-sha512': 'sha512' }
const base64 = /^[A-Za-z0-9+/]+={0,2}$/

const readObject = (text: string): Json | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined
  } catch {
    return undefined
  }
}

/** Keycloak keeps additional parameters as lists of one text each. */
const readParameter = (credential: Json, name: string): string => {
  const parameters = credential['additionalParameters']
  const value = typeof parameters === 'object' && parameters !== null ? (parameters as Json)[name] : undefined
  return String(Array.isArray(value) ? value[0] : value)
}

const encodeArgon2 = (credential: Json, salt: string, hash: string): string => {
  const [type, memory, parallelism] = ['type', 'memory', 'parallelism'].map((name) => readParameter(credential, name))
  const version = readParameter(credential, 'version') === '1.0' ? 16 : 19
  const unpadded = [salt, hash].map((text) => text.replace(/=+$/, '')).join('$')
  return `$argon2${type}$v=${version}$m=${memory},t=${credential['hashIterations']},p=${parallelism}$${unpadded}`
}

/** Writes a Keycloak password credential in a notation that `inspectHash` reads: PBKDF2 with SHA-1, SHA-256 or SHA-512, and argon2. */
export const convertKeycloakCredential = ({ credentialData, secretData }: KeycloakCredential): KeycloakConversion => {
  const credential = readObject(credentialData)
  const stored = readObject(secretData)
  const { salt, value } = stored ?? {}
  if (!credential || typeof salt !== 'string' || typeof value !== 'string' || !base64.test(salt) || !base64.test(value))
    return { kind: 'refused', reason: 'malformed Keycloak credential' }
  const { algorithm, hashIterations } = credential
  if (!Number.isInteger(hashIterations)) return { kind: 'refused', reason: 'a Keycloak credential without hashIterations' }
  if (algorithm === 'argon2') return { kind: 'ok', encoded: encodeArgon2(credential, salt, value) }
  const digest = digests[String(algorithm)]
  if (!digest) return { kind: 'refused', reason: 'unknown Keycloak hash algorithm' }
  const length = Buffer.from(value, 'base64').length
  return { kind: 'ok', encoded: `$keycloak-pbkdf2-${digest}$i=${hashIterations},l=${length}$${salt}$${value}` }
}
