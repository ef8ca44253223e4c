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
export { registrationStore } from './registration.store.ts'
