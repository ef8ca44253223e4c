import { uuidToBytes } from '../../platform/ids.ts'

/** How many passkeys a person may have. */
export const passkeysMax = 20

/** A credential record (Web Authentication Level 3 section 4). */
export type Passkey = {
  readonly id: string
  readonly userId: string
  readonly credentialId: Buffer
  readonly publicKey: Buffer
  readonly rpId: string
  readonly signCount: number
  readonly transports: readonly string[]
  readonly aaguid: string
  readonly name: string
  readonly isBackupEligible: boolean
  readonly isBackedUp: boolean
  /** Whether the person was verified when it was made. Only then may it stand for two factors. */
  readonly isUserVerified: boolean
  readonly attestationFormat: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
  /** When its signature counter last went back: somebody may hold a copy. */
  readonly clonedAt: Date | null
}

/** Why an answer was refused: for logs and events; a person is told that it did not work. */
export type PasskeyRefusal =
  | 'malformed'
  | 'challenge-forged'
  | 'challenge-expired'
  | 'challenge-spent'
  | 'unknown-credential'
  | 'other-person'
  | 'other-relying-party'
  | 'cross-origin'
  | 'not-verified'
  | 'user-verification'
  | 'backup-eligibility'
  | 'cloned'

export type Refused = { readonly kind: 'refused'; readonly reason: PasskeyRefusal; readonly detail?: string }

/** What an answer came to. `isUserVerified` tells whether it proves two factors. */
export type PasskeyVerdict =
  | {
      readonly kind: 'passed'
      readonly userId: string
      readonly passkeyId: string
      readonly isUserVerified: boolean
      readonly isBackedUp: boolean
    }
  | Refused

export type PasskeyAddition =
  | { readonly kind: 'added'; readonly passkeyId: string; readonly name: string; readonly isUserVerified: boolean }
  | { readonly kind: 'exists' }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'unknown-user' }
  | Refused

/** `user.id` of an account, which comes back as `userHandle`: the 16 bytes of its UUID, which say nothing of the person. */
export const userHandleOf = (userId: string): string => uuidToBytes(userId).toString('base64url')
