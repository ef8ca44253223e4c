export { signInLimits } from './limits.ts'
export { createSignIn, type SignIn, type SignInOutcome } from './sign-in.ts'
export { createSignUp, type FieldProblem, type SignUp, type SignUpOutcome } from './sign-up.ts'
