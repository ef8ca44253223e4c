import { languageOf, type Messages } from './messages.ts'

/** What is wrong with a value that a person entered: a stable code, the number that its sentence names, and the sentence in English. */
export type CodedProblem = { readonly code: string; readonly count?: number | undefined; readonly sentence: string }

const words: Readonly<Record<string, (messages: Messages) => string>> = {
  username_length: (messages) => messages.nameLength,
  username_characters: (messages) => messages.nameCharacters,
  username_scripts: (messages) => messages.nameScripts,
  username_reserved: (messages) => messages.nameReserved,
  username_taken: (messages) => messages.nameTaken,
  email_malformed: (messages) => messages.emailMalformed,
  email_taken: (messages) => messages.emailTaken,
  empty: (messages) => messages.newPasswordMissing,
  too_long: (messages) => messages.newPasswordLong,
  malformed_unicode: (messages) => messages.newPasswordMalformed,
  password_too_short: (messages) => messages.newPasswordShort,
  password_too_long: (messages) => messages.newPasswordLong,
  password_too_common: (messages) => messages.newPasswordCommon,
  password_is_identifier: (messages) => messages.newPasswordIsName,
  password_contains_nul: (messages) => messages.newPasswordNul,
  form_expired: (messages) => messages.signUpExpired,
  not_signed_in: (messages) => messages.signUpNotSignedIn,
  sign_up_closed: (messages) => messages.signUpClosed,
  sign_up_by_invitation: (messages) => messages.signUpByInvitation,
  proof_gone: (messages) => messages.signUpProofGone,
  attribute_required: (messages) => messages.fieldMissing,
  attribute_unticked: (messages) => messages.fieldUnticked,
  attribute_type: (messages) => messages.fieldNumber,
  attribute_maxLength: (messages) => messages.fieldLong,
  attribute_minLength: (messages) => messages.newPasswordShort,
  'attribute_format:web-url': (messages) => messages.fieldUrl,
  'attribute_format:uri': (messages) => messages.fieldUrl,
  'attribute_format:url': (messages) => messages.fieldUrl,
  'attribute_format:date': (messages) => messages.fieldDate,
  'attribute_format:birthdate': (messages) => messages.fieldDate,
  'attribute_format:e164': (messages) => messages.fieldPhone,
  'attribute_format:time-zone': (messages) => messages.fieldZone,
  'attribute_format:language-tag': (messages) => messages.fieldLanguage,
  attribute_unfit: (messages) => messages.fieldUnfit,
}

/** The code of a rule of the attribute schema that was broken: rules that nobody has put into words say that the value does not fit. */
export const attributeProblemCode = (rule: string): string =>
  Object.hasOwn(words, `attribute_${rule}`) ? `attribute_${rule}` : 'attribute_unfit'

/** The problem in the words of a language, by its code; a code that nobody has put into words says its own sentence. */
export const fieldProblem = (lang: string, { code, count, sentence }: CodedProblem): string => {
  const { tag, messages } = languageOf(lang)
  const message = Object.hasOwn(words, code) ? words[code]?.(messages) : undefined
  if (message === undefined || (count === undefined && message.includes('{count}'))) return sentence
  return message.replace('{count}', () => new Intl.NumberFormat(tag).format(count ?? 0))
}
