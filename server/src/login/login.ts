import type { Config } from '../config/config.ts'
import { type HashPool, passwordPolicyOf } from '../credentials/password/password.ts'
import type { Database } from '../db/database.ts'
import { registrationStore } from '../users/users.ts'
import { signInLimits } from './limits.ts'
import { signInStore } from './login.store.ts'
import { createSignIn, type SignIn } from './sign-in.ts'
import { createSignUp, type SignUp } from './sign-up.ts'

export type { SignIn, SignInOutcome } from './sign-in.ts'
export { createSignUp, type FieldProblem, type SignUp, type SignUpOutcome } from './sign-up.ts'

export type Doors = { readonly signIn: SignIn; readonly signUp: SignUp }

/** Signing in and up on a database, as the settings say. */
export const openDoors = ({ config, db, hashes }: { config: Config; db: Database; hashes: HashPool }): Doors => {
  const limits = signInLimits(config)
  return {
    signUp: createSignUp({ store: registrationStore(db), hashes, policy: passwordPolicyOf(config) }),
    signIn: createSignIn({ store: signInStore(db, limits), hashes, scheme: config.passwordHash, ...limits.attempts }),
  }
}
