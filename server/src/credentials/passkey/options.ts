import { hmacSha256 } from '../../platform/digest.ts'
import { challengeSeconds } from './challenge.ts'
import { type Passkey, userHandleOf } from './record.ts'
import type { RelyingParty } from './relying-party.ts'

/** What a passkey is made for: to sign in by itself, found by the authenticator, or as a security key beside a password. */
export type PasskeyUse = 'sign-in' | 'second-factor'

/** COSE algorithms that are offered, and no others accepted: ES256, EdDSA, RS256 (RFC 9053, RFC 8812). */
export const algorithms: readonly number[] = [-7, -8, -257]

type Descriptor = { readonly type: 'public-key'; readonly id: string; readonly transports?: readonly string[] }

/** `PublicKeyCredentialCreationOptionsJSON`, as `PublicKeyCredential.parseCreationOptionsFromJSON` reads it. */
export type RegistrationOptions = ReturnType<typeof registrationOptions>
/** `PublicKeyCredentialRequestOptionsJSON`. */
export type AuthenticationOptions = ReturnType<typeof authenticationOptions>

const describe = ({ credentialId, transports }: Pick<Passkey, 'credentialId' | 'transports'>): Descriptor => ({
  type: 'public-key',
  id: credentialId.toString('base64url'),
  ...(transports.length === 0 ? {} : { transports }),
})

type Registration = {
  readonly challenge: string
  readonly userId: string
  readonly userName: string
  readonly displayName: string
  readonly use: PasskeyUse
  readonly attestation: 'none' | 'direct'
  readonly passkeys: readonly Passkey[]
}

export const registrationOptions = ({ ids, name }: RelyingParty, input: Registration) => {
  const isSignIn = input.use === 'sign-in'
  return {
    rp: { id: ids[0], name },
    user: { id: userHandleOf(input.userId), name: input.userName, displayName: input.displayName },
    challenge: input.challenge,
    pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg }) as const),
    timeout: challengeSeconds * 1000,
    attestation: input.attestation,
    excludeCredentials: input.passkeys.map(describe),
    authenticatorSelection: {
      residentKey: isSignIn ? 'required' : 'discouraged',
      requireResidentKey: isSignIn,
      userVerification: isSignIn ? 'required' : 'preferred',
    },
    extensions: { credProps: true },
  } as const
}

type Authentication = {
  readonly challenge: string
  readonly userVerification: 'required' | 'preferred'
  /** Undefined lets the authenticator find the account. */
  readonly allowCredentials: readonly Descriptor[] | undefined
}

export const authenticationOptions = ({ ids }: RelyingParty, { challenge, userVerification, allowCredentials }: Authentication) =>
  ({
    rpId: ids[0],
    challenge,
    timeout: challengeSeconds * 1000,
    userVerification,
    ...(allowCredentials === undefined ? {} : { allowCredentials }),
  }) as const

/** The passkeys of a person that work for the relying party id of the options. */
export const allowedCredentials = ({ ids }: RelyingParty, passkeys: readonly Passkey[]): readonly Descriptor[] =>
  passkeys.filter(({ rpId }) => rpId === ids[0]).map(describe)

// Lengths and transports as the common authenticators give them.
const shapes = [
  { bytes: 16, transports: ['hybrid', 'internal'] },
  { bytes: 20, transports: ['hybrid', 'internal'] },
  { bytes: 32, transports: ['internal'] },
  { bytes: 64, transports: ['nfc', 'usb'] },
] as const

/**
 * Credential ids for a name that has none, the same at every request: who asks cannot tell whether there is an account, or whether it has
 * passkeys (Web Authentication Level 3 section 14.6.2).
 */
export const decoyCredentials = (key: Uint8Array, { tenantId, name }: { tenantId: string; name: string }): readonly Descriptor[] => {
  const derive = (part: string): Buffer => hmacSha256(key, JSON.stringify(['passkey decoy', tenantId, name, part]))
  const choice = derive('shape')
  const count = (choice[0] ?? 0) < 192 ? 1 : 2
  return Array.from({ length: count }, (_, index) => {
    const { bytes, transports } = shapes[(choice[index + 1] ?? 0) % shapes.length] ?? shapes[0]
    const credentialId = Buffer.concat([derive(`${index} a`), derive(`${index} b`)]).subarray(0, bytes)
    return describe({ credentialId, transports })
  })
}
