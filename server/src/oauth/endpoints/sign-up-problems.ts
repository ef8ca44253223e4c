import type { SignUpOutcome } from '../../login/login.ts'
import { type AttributeField, attributeInput } from '../../pages/attribute-field.ts'
import { attributeProblemCode, type CodedProblem, fieldProblem } from '../../pages/field-problem.ts'
import type { AccountFields } from '../../pages/sign-up-page.ts'
import { type AttributeProblem, readSignUpFields, type SignUpField } from '../../users/users.ts'

/** A sentence beside each field that is wrong; `form` is of none of them. */
export type SignUpProblems = AccountFields['problems'] & { readonly attributes?: Readonly<Record<string, string>> }

type Refusal = Exclude<SignUpOutcome, { kind: 'registered' }>

const taken = {
  username: { code: 'username_taken', sentence: 'That user name is taken. Choose another one.' },
  email: { code: 'email_taken', sentence: 'An account with that address exists. Sign in instead.' },
} satisfies Record<string, CodedProblem>

const attributeSentences = (
  lang: string,
  problems: readonly AttributeProblem[],
  asked: readonly SignUpField[],
): Readonly<Record<string, string>> => {
  const kinds = new Map(asked.map(({ name, kind }) => [name, kind]))
  const code = ({ attribute, code: rule = '' }: AttributeProblem): string =>
    rule === 'required' && kinds.get(attribute) === 'flag' ? 'attribute_unticked' : attributeProblemCode(rule)
  return Object.fromEntries(
    problems.map((one) => [one.attribute, fieldProblem(lang, { code: code(one), count: one.count, sentence: one.sentence })]),
  )
}

/** What a refused registration says on a page, in the language of the page. */
export const signUpProblems = (lang: string, outcome: Refusal, asked: readonly SignUpField[] = []): SignUpProblems => {
  if (outcome.kind === 'closed') return { form: fieldProblem(lang, outcome) }
  if (outcome.kind === 'taken') return { [outcome.which]: fieldProblem(lang, taken[outcome.which]) }
  const attributes = attributeSentences(lang, outcome.attributes ?? [], asked)
  const ofNone = Object.keys(attributes).find((name) => !asked.some((one) => one.name === name))
  return {
    ...Object.fromEntries(
      outcome.problems.map(({ field, code, reason, count, sentence }) => [
        field,
        fieldProblem(lang, { code: reason ?? code, count, sentence }),
      ]),
    ),
    ...(ofNone !== undefined && { form: attributes[ofNone] }),
    attributes,
  }
}

/** What the form of a new account says; `asked` are the attributes that it asks for. */
export const readAccountForm = (fields: ReadonlyMap<string, string>, asked: readonly SignUpField[]) => {
  const values = new Map(asked.map(({ name }) => [name, fields.get(attributeInput(name)) ?? '']))
  const input = { username: fields.get('username') ?? '', email: fields.get('email') ?? '', password: fields.get('password') ?? '' }
  return { input, attributes: readSignUpFields(asked, values) }
}

/** The attributes as the page asks for them, with what was typed and what is wrong. */
export const attributeFields = (
  asked: readonly SignUpField[],
  { fields, problems }: { fields: ReadonlyMap<string, string>; problems: SignUpProblems },
): readonly AttributeField[] =>
  asked.map((one) => ({ ...one, value: fields.get(attributeInput(one.name)), problem: problems.attributes?.[one.name] }))
