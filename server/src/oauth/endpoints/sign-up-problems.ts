import type { SignUpInput, SignUpOutcome } from '../../login/login.ts'
import { type CodedProblem, fieldProblem } from '../../pages/field-problem.ts'

/** A sentence beside each field that is wrong; `form` is of none of them. */
export type SignUpProblems = Partial<Record<keyof SignUpInput | 'form', string>>

const taken = {
  username: { code: 'username_taken', sentence: 'That user name is taken. Choose another one.' },
  email: { code: 'email_taken', sentence: 'An account with that address exists. Sign in instead.' },
} satisfies Record<string, CodedProblem>

/** What a refused registration says on a page, in the language of the page. */
export const signUpProblems = (lang: string, outcome: Exclude<SignUpOutcome, { kind: 'registered' }>): SignUpProblems => {
  if (outcome.kind === 'closed') return { form: fieldProblem(lang, outcome) }
  if (outcome.kind === 'taken') return { [outcome.which]: fieldProblem(lang, taken[outcome.which]) }
  return Object.fromEntries(
    outcome.problems.map(({ field, code, reason, count, sentence }) => [
      field,
      fieldProblem(lang, { code: reason ?? code, count, sentence }),
    ]),
  )
}
