import type { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import { type AuthenticationAnswer, isCrossOrigin, type RegistrationAnswer } from './answer.ts'
import { algorithms } from './options.ts'
import type { Passkey, Refused } from './record.ts'
import type { RelyingParty } from './relying-party.ts'

/** The two functions that check signatures; a test may put its own in their place. */
export type Library = {
  readonly verifyRegistrationResponse: typeof verifyRegistrationResponse
  readonly verifyAuthenticationResponse: typeof verifyAuthenticationResponse
}

type Circumstances = {
  readonly relyingParty: RelyingParty
  /** From the sealed token. */
  readonly challenge: string
  readonly requiresUserVerification: boolean
  readonly library?: Library
}

// It brings parsers of certificates, a quarter of a second and 28 MB: only a process that meets a passkey loads it.
const loadLibrary = (): Promise<Library> => import('@simplewebauthn/server')

const refused = (reason: Refused['reason'], detail?: string): Refused => ({
  kind: 'refused',
  reason,
  ...(detail === undefined ? {} : { detail }),
})

const notVerified = (error: unknown): Refused => refused('not-verified', error instanceof Error ? error.message.slice(0, 256) : undefined)

// Formats whose statements are verified without fetching anything. The others check revocation lists at addresses of their certificates.
const verifiedFormats = new Set(['packed', 'fido-u2f', 'tpm'])

/**
 * The attestation object, with its statement only where one was asked for and we verify its format. Any other is left out unread: without a
 * trust anchor it proves nothing, and its certificates are the parser's largest attack surface.
 */
const attestationOf = async ({ attestationObject }: RegistrationAnswer, policy: 'none' | 'direct'): Promise<string> => {
  const { decodeAttestationObject, isoCBOR } = await import('@simplewebauthn/server/helpers')
  const decoded = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')))
  if (policy === 'direct' && verifiedFormats.has(decoded.get('fmt'))) return attestationObject
  const bare = new Map<string, unknown>([
    ['fmt', 'none'],
    ['attStmt', new Map()],
    ['authData', decoded.get('authData')],
  ])
  return Buffer.from(isoCBOR.encode(bare as Parameters<typeof isoCBOR.encode>[0])).toString('base64url')
}

/** What a new credential says of itself, once its answer was verified. */
export type NewCredential = Pick<
  Passkey,
  | 'credentialId'
  | 'publicKey'
  | 'rpId'
  | 'signCount'
  | 'transports'
  | 'aaguid'
  | 'isBackupEligible'
  | 'isBackedUp'
  | 'isUserVerified'
  | 'attestationFormat'
>

const verifyRegistrationStrictly = async (answer: RegistrationAnswer, attestationObject: string, circumstances: Circumstances) => {
  const { relyingParty, challenge, requiresUserVerification, library } = circumstances
  const { verifyRegistrationResponse } = library ?? (await loadLibrary())
  return verifyRegistrationResponse({
    response: {
      id: answer.id,
      rawId: answer.id,
      type: answer.type,
      response: { clientDataJSON: answer.clientDataJson, attestationObject },
      clientExtensionResults: {},
    },
    expectedChallenge: challenge,
    expectedOrigin: [...relyingParty.origins],
    expectedRPID: [...relyingParty.ids],
    expectedType: 'webauthn.create',
    requireUserPresence: true,
    requireUserVerification: requiresUserVerification,
    supportedAlgorithmIDs: [...algorithms],
  })
}

/** Verifies the answer to registration options (Web Authentication Level 3 section 7.1). */
export const verifyRegistration = async (
  answer: RegistrationAnswer,
  circumstances: Circumstances & { readonly attestation: 'none' | 'direct' },
): Promise<{ readonly kind: 'verified'; readonly credential: NewCredential } | Refused> => {
  if (isCrossOrigin(answer)) return refused('cross-origin')
  try {
    const attestationObject = await attestationOf(answer, circumstances.attestation)
    const { verified, registrationInfo } = await verifyRegistrationStrictly(answer, attestationObject, circumstances)
    if (verified !== true || registrationInfo === undefined) return refused('not-verified')
    const { credential, rpID, aaguid, fmt, credentialDeviceType, credentialBackedUp, userVerified } = registrationInfo
    // The library reads the id from the authenticator data and does not compare it with the one beside it.
    if (credential.id !== answer.id || rpID === undefined)
      return refused('not-verified', 'The credential id is not that of the authenticator data.')
    if (circumstances.requiresUserVerification && !userVerified) return refused('user-verification')
    return {
      kind: 'verified',
      credential: {
        credentialId: Buffer.from(answer.id, 'base64url'),
        publicKey: Buffer.from(credential.publicKey),
        rpId: rpID,
        signCount: credential.counter,
        transports: answer.transports,
        aaguid,
        isBackupEligible: credentialDeviceType === 'multiDevice',
        isBackedUp: credentialBackedUp,
        isUserVerified: userVerified,
        attestationFormat: fmt,
      },
    }
  } catch (error) {
    return notVerified(error)
  }
}

const verifyAuthenticationStrictly = async (answer: AuthenticationAnswer, passkey: Passkey, circumstances: Circumstances) => {
  const { relyingParty, challenge, requiresUserVerification, library } = circumstances
  const { verifyAuthenticationResponse } = library ?? (await loadLibrary())
  return verifyAuthenticationResponse({
    response: {
      id: answer.id,
      rawId: answer.id,
      type: answer.type,
      response: {
        clientDataJSON: answer.clientDataJson,
        authenticatorData: answer.authenticatorData,
        signature: answer.signature,
      },
      clientExtensionResults: {},
    },
    expectedChallenge: challenge,
    expectedOrigin: [...relyingParty.origins],
    expectedRPID: [passkey.rpId],
    expectedType: 'webauthn.get',
    // The library judges the counter before the signature, so that anybody could raise the alarm: the statement of the use judges it instead.
    credential: { id: answer.id, publicKey: new Uint8Array(passkey.publicKey), counter: 0 },
    requireUserVerification: requiresUserVerification,
  })
}

/** What a verified use says of the credential. */
export type Use = { readonly signCount: number; readonly isBackedUp: boolean; readonly isUserVerified: boolean }

/** Verifies the answer to authentication options against the credential that it names (section 7.2), all but the counter. */
export const verifyAuthentication = async (
  answer: AuthenticationAnswer,
  passkey: Passkey,
  circumstances: Circumstances,
): Promise<{ readonly kind: 'verified'; readonly use: Use } | Refused> => {
  if (isCrossOrigin(answer)) return refused('cross-origin')
  if (!circumstances.relyingParty.ids.includes(passkey.rpId)) return refused('other-relying-party')
  if (circumstances.requiresUserVerification && !passkey.isUserVerified) return refused('user-verification')
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationStrictly(answer, passkey, circumstances)
    if (verified !== true) return refused('not-verified')
    const { newCounter, userVerified, credentialDeviceType, credentialBackedUp } = authenticationInfo
    if (circumstances.requiresUserVerification && !userVerified) return refused('user-verification')
    // Section 7.2 step 18: eligibility is a property of the credential for good.
    if ((credentialDeviceType === 'multiDevice') !== passkey.isBackupEligible) return refused('backup-eligibility')
    return { kind: 'verified', use: { signCount: newCounter, isBackedUp: credentialBackedUp, isUserVerified: userVerified } }
  } catch (error) {
    return notVerified(error)
  }
}
