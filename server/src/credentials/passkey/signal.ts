import { type Passkey, userHandleOf } from './record.ts'

/** A name as a person gave it: 1 to 64 characters on one line; undefined for anything else. */
export const readPasskeyName = (text: string): string | undefined => {
  const name = text.normalize('NFC').trim()
  return name.length > 0 && [...name].length <= 64 && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name) ? name : undefined
}

/** What `PublicKeyCredential.signalAllAcceptedCredentials` takes: the authenticator hides what is no longer here (section 5.1.10). */
export const acceptedCredentials = ({ rpId, userId, passkeys }: { rpId: string; userId: string; passkeys: readonly Passkey[] }) => ({
  rpId,
  userId: userHandleOf(userId),
  allAcceptedCredentialIds: passkeys.filter((one) => one.rpId === rpId).map(({ credentialId }) => credentialId.toString('base64url')),
})
