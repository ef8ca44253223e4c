// The front door of this folder: Web Authentication credentials.
export { authenticatorName } from './authenticators.ts'
export type { AuthenticationOptions, PasskeyUse, RegistrationOptions } from './options.ts'
export {
  addPasskey,
  askPasskey,
  beginPasskey,
  checkPasskey,
  type PasskeyDeps,
  type PasskeySubject,
  passkeyMethod,
} from './passkey.method.ts'
export { passkeyStore, removeSpentChallenges } from './passkey.store.ts'
export { type Passkey, type PasskeyAddition, type PasskeyRefusal, type PasskeyVerdict, userHandleOf } from './record.ts'
export { type RelyingParty, readOrigin, relatedOriginsDocument, relyingPartyOf } from './relying-party.ts'
export { acceptedCredentials, readPasskeyName } from './signal.ts'
