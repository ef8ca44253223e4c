import type { PasskeySignal } from './account-types.ts'
import { fromBase64url, toBase64url } from './base64url.ts'

type Signals = {
  readonly signalAllAcceptedCredentials?: (accepted: {
    rpId: string
    userId: string
    allAcceptedCredentialIds: readonly string[]
  }) => Promise<void>
  readonly signalCurrentUserDetails?: (details: { rpId: string; userId: string; name: string; displayName: string }) => Promise<void>
}

/** Whether this browser can make passkeys. */
export const canUsePasskeys = (): boolean => typeof PublicKeyCredential !== 'undefined' && navigator.credentials !== undefined

const bytesOf = (options: PublicKeyCredentialCreationOptionsJSON): PublicKeyCredentialCreationOptions => {
  if (typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function')
    return PublicKeyCredential.parseCreationOptionsFromJSON(options)
  return {
    ...(options as unknown as PublicKeyCredentialCreationOptions),
    challenge: fromBase64url(options.challenge),
    user: { ...options.user, id: fromBase64url(options.user.id) },
    excludeCredentials: (options.excludeCredentials ?? []).map((one) => ({
      ...(one as unknown as PublicKeyCredentialDescriptor),
      id: fromBase64url(one.id),
    })),
  }
}

const jsonOf = (credential: PublicKeyCredential): unknown => {
  if (typeof credential.toJSON === 'function') return credential.toJSON()
  const response = credential.response as AuthenticatorAttestationResponse
  return {
    id: credential.id,
    rawId: toBase64url(new Uint8Array(credential.rawId)),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      attestationObject: toBase64url(new Uint8Array(response.attestationObject)),
      clientDataJSON: toBase64url(new Uint8Array(response.clientDataJSON)),
      transports: response.getTransports?.() ?? [],
    },
  }
}

export type MadePasskey =
  | { readonly kind: 'made'; readonly credential: unknown }
  | { readonly kind: 'cancelled' | 'already-there' | 'unsupported' | 'wrong-address' }

const outcomes: Readonly<Record<string, 'cancelled' | 'already-there' | 'unsupported' | 'wrong-address'>> = {
  NotAllowedError: 'cancelled',
  AbortError: 'cancelled',
  InvalidStateError: 'already-there',
  NotSupportedError: 'unsupported',
  // The page stands at a bare number, or at a name that the passkeys are not for.
  SecurityError: 'wrong-address',
}

/** Asks the device for a new passkey (WebAuthn level 3 section 5.1.3); its answer as JSON for the API. */
export const makePasskey = async (options: PublicKeyCredentialCreationOptionsJSON): Promise<MadePasskey> => {
  try {
    const credential = await navigator.credentials.create({ publicKey: bytesOf(options) })
    return credential instanceof PublicKeyCredential ? { kind: 'made', credential: jsonOf(credential) } : { kind: 'cancelled' }
  } catch (error) {
    const kind = outcomes[(error as Error).name]
    if (kind === undefined) throw error
    return { kind }
  }
}

/** Tells the device which passkeys still count, so that it stops offering others (WebAuthn level 3 section 5.1.10); browsers without it are left alone. */
export const tellDevice = async ({ rpId, userId, allAcceptedCredentialIds, name, displayName }: PasskeySignal): Promise<void> => {
  const signals = (typeof PublicKeyCredential === 'undefined' ? {} : PublicKeyCredential) as Signals
  // The device need not listen, and whether it did is none of our business.
  await Promise.allSettled([
    signals.signalAllAcceptedCredentials?.({ rpId, userId, allAcceptedCredentialIds }),
    signals.signalCurrentUserDetails?.({ rpId, userId, name, displayName }),
  ])
}
