import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { sha256 } from '../../src/platform/digest.ts'

type Cbor = number | string | Uint8Array | ReadonlyMap<number | string, Cbor>

const head = (major: number, value: number): Buffer => {
  if (value < 24) return Buffer.from([(major << 5) | value])
  if (value < 256) return Buffer.from([(major << 5) | 24, value])
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255])
}

/** CBOR (RFC 8949) of the few kinds that an authenticator writes. */
const encode = (value: Cbor): Buffer => {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  const entries = value as ReadonlyMap<number | string, Cbor>
  return Buffer.concat([head(5, entries.size), ...[...entries].flatMap((pair) => pair.map(encode))])
}

export type Algorithm = 'ES256' | 'EdDSA' | 'RS256' | 'ES384'

const algorithms = {
  ES256: { alg: -7, hash: 'sha256', make: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey },
  ES384: { alg: -35, hash: 'sha384', make: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey },
  EdDSA: { alg: -8, hash: null, make: () => generateKeyPairSync('ed25519').privateKey },
  RS256: { alg: -257, hash: 'sha256', make: () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey },
} as const

const coseKey = (algorithm: Algorithm, key: KeyObject): Buffer => {
  const jwk = createPublicKey(key).export({ format: 'jwk' })
  const bytes = (member: 'x' | 'y' | 'n' | 'e'): Buffer => Buffer.from(jwk[member] ?? '', 'base64url')
  const { alg } = algorithms[algorithm]
  const parts: readonly [number, Cbor][] =
    algorithm === 'EdDSA'
      ? [[1, 1], [3, alg], [-1, 6], [-2, bytes('x')]] // biome-ignore format: pairs
      : algorithm === 'RS256'
        ? [[1, 3], [3, alg], [-1, bytes('n')], [-2, bytes('e')]] // biome-ignore format: pairs
        : [[1, 2], [3, alg], [-1, algorithm === 'ES256' ? 1 : 2], [-2, bytes('x')], [-3, bytes('y')]] // biome-ignore format: pairs
  return encode(new Map(parts))
}

/** What a dishonest or broken authenticator, browser or page does otherwise. */
export type Deviation = {
  readonly type?: string
  readonly challenge?: string
  readonly origin?: string
  readonly crossOrigin?: boolean | string
  readonly topOrigin?: string
  readonly rpId?: string
  readonly isUserPresent?: boolean
  readonly isUserVerified?: boolean
  readonly isBackupEligible?: boolean
  readonly isBackedUp?: boolean
  readonly signCount?: number
  readonly userHandle?: string | null
  /** The id beside the authenticator data, and the one within. */
  readonly id?: Buffer
  readonly innerId?: Buffer
  readonly format?: 'none' | 'packed' | 'android-key'
  readonly isSignatureBroken?: boolean
}

type Asked = { readonly challenge: string; readonly rpId: string; readonly userId?: string }

const origin = 'https://id.example.com'

const clientData = (type: string, { challenge }: Asked, deviation: Deviation): Buffer =>
  Buffer.from(
    JSON.stringify({
      type: deviation.type ?? type,
      challenge: deviation.challenge ?? challenge,
      origin: deviation.origin ?? origin,
      crossOrigin: deviation.crossOrigin ?? false,
      topOrigin: deviation.topOrigin,
    }),
  )

const authenticatorData = ({ rpId }: Asked, deviation: Deviation, attested = Buffer.alloc(0)): Buffer => {
  const { isUserPresent = true, isUserVerified = true, isBackupEligible = true, isBackedUp = true, signCount = 0 } = deviation
  const bits = [isUserPresent, false, isUserVerified, isBackupEligible, isBackedUp, false, attested.length > 0]
  const counter = Buffer.alloc(4)
  counter.writeUInt32BE(signCount)
  const flags = Buffer.from([bits.reduce((sum, isSet, bit) => sum | (isSet ? 1 << bit : 0), 0)])
  return Buffer.concat([sha256(deviation.rpId ?? rpId), flags, counter, attested])
}

type Model = { readonly algorithm?: Algorithm; readonly aaguid?: string; readonly credentialId?: Buffer }

/** An authenticator with one credential, which deviates where a test asks for it. It answers as `PublicKeyCredential.toJSON()` does. */
export const softwareAuthenticator = (model: Model = {}) => {
  const { algorithm = 'ES256', aaguid = '00000000-0000-0000-0000-000000000000', credentialId = randomBytes(32) } = model
  const { alg, hash, make } = algorithms[algorithm]
  const key = make()
  let owner: string | undefined

  const signed = (bytes: Buffer, { isSignatureBroken }: Deviation): Buffer =>
    sign(hash, isSignatureBroken ? Buffer.concat([bytes, bytes]) : bytes, key)

  const attest = (asked: Asked, deviation: Deviation = {}): unknown => {
    owner = asked.userId
    const innerId = deviation.innerId ?? deviation.id ?? credentialId
    const length = Buffer.from([innerId.length >> 8, innerId.length & 255])
    const attested = Buffer.concat([Buffer.from(aaguid.replaceAll('-', ''), 'hex'), length, innerId, coseKey(algorithm, key)])
    const authData = authenticatorData(asked, deviation, attested)
    const clientDataJSON = clientData('webauthn.create', asked, deviation)
    const sig = signed(Buffer.concat([authData, sha256(clientDataJSON)]), deviation)
    const format = deviation.format ?? 'none'
    const statement: readonly [string, Cbor][] = format === 'none' ? [] : [['alg', alg], ['sig', sig]] // biome-ignore format: pairs
    const attestationObject = encode(new Map<string, Cbor>([['fmt', format], ['attStmt', new Map(statement)], ['authData', authData]])) // biome-ignore format: pairs
    return answerOf(deviation, { clientDataJSON, attestationObject, transports: ['internal', 'hybrid', 'invented'] })
  }

  const answerOf = (deviation: Deviation, { transports, ...bytes }: Record<string, Buffer | string[] | undefined>) => {
    const id = (deviation.id ?? credentialId).toString('base64url')
    const texts = Object.entries(bytes).map(([name, value]) => [name, Buffer.from(value as Buffer).toString('base64url')])
    return { id, rawId: id, type: 'public-key', response: { ...Object.fromEntries(texts), transports }, clientExtensionResults: {} }
  }

  const assert = (asked: Asked, deviation: Deviation = {}): unknown => {
    const authData = authenticatorData(asked, deviation)
    const clientDataJSON = clientData('webauthn.get', asked, deviation)
    const signature = signed(Buffer.concat([authData, sha256(clientDataJSON)]), deviation)
    const answer = answerOf(deviation, { clientDataJSON, authenticatorData: authData, signature })
    const userHandle = deviation.userHandle === undefined ? owner : deviation.userHandle
    return { ...answer, response: { ...answer.response, userHandle } }
  }

  return { credentialId, attest, assert }
}

export type SoftwareAuthenticator = ReturnType<typeof softwareAuthenticator>
