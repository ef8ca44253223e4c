export { checkEmail, checkUsername, fold, type Identifier, type IdentifierCheck, readIdentifier } from './identifiers.ts'

/** An account as the account API and the command line show it. `number` is the integer id of the account API. */
export type User = {
  readonly id: string
  readonly number: number
  readonly username: string | null
  readonly email: string | null
  readonly status: 'active' | 'disabled' | 'frozen'
  readonly created_at: Date
}
export { attributeSchemaKey, defaultAttributeSchema } from './attribute-schema.ts'
export { type AttributeProblem, type Attributes, readAttributeSchema } from './attributes.ts'
export { readInvitationLink } from './invitation-link.ts'
export { type InvitationStore, invitationStore, type OpenInvitation, removeOldInvitations } from './invitations.store.ts'
export { registrationStore } from './registration.store.ts'
export { readSignUpFields, type SignUpField, signUpFieldsOf, signUpProblemsOf } from './sign-up-fields.ts'
