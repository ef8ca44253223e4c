import { type Html, html } from '../platform/html.ts'
import { described, type Field, field, noteLine } from './field.ts'
import { fill, type Language, languageOf, type Messages } from './messages.ts'

/** One attribute of a person that a page asks for; `title` and `titles` name what the tenant has added itself. */
export type AttributeField = {
  readonly name: string
  readonly kind: 'line' | 'url' | 'date' | 'number' | 'choice' | 'flag'
  readonly format?: string | undefined
  readonly title?: string | undefined
  readonly titles: Readonly<Record<string, string>>
  readonly isRequired: boolean
  readonly lengthMax?: number | undefined
  readonly choices: readonly string[]
  readonly value?: string | undefined
  readonly problem?: string | undefined
  readonly isFocused?: boolean
}

/** The name of the input of an attribute. */
export const attributeInput = (name: string): string => `attribute.${name}`

type Standard = { readonly label: keyof Messages; readonly autocomplete: string }

// OpenID Connect Core section 5.1, with the tokens by which browsers know the same things.
const standard: Readonly<Record<string, Standard>> = {
  name: { label: 'claimName', autocomplete: 'name' },
  given_name: { label: 'claimGivenName', autocomplete: 'given-name' },
  family_name: { label: 'claimFamilyName', autocomplete: 'family-name' },
  middle_name: { label: 'claimMiddleName', autocomplete: 'additional-name' },
  nickname: { label: 'claimNickname', autocomplete: 'nickname' },
  profile: { label: 'claimProfile', autocomplete: 'url' },
  picture: { label: 'claimPicture', autocomplete: 'photo' },
  website: { label: 'claimWebsite', autocomplete: 'url' },
  gender: { label: 'claimGender', autocomplete: 'sex' },
  birthdate: { label: 'claimBirthdate', autocomplete: 'bday' },
  zoneinfo: { label: 'claimZoneinfo', autocomplete: 'off' },
  locale: { label: 'claimLocale', autocomplete: 'language' },
  phone_number: { label: 'claimPhoneNumber', autocomplete: 'tel' },
}

const standardOf = (name: string): Standard | undefined => (Object.hasOwn(standard, name) ? standard[name] : undefined)

const spoken = (name: string): string => {
  const words = name.replaceAll(/[_.:/-]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What the tenant calls it in this language, what everybody calls it, or what the schema calls it. */
const labelOf = ({ name, title, titles }: AttributeField, { tag, messages }: Language): string => {
  const known = standardOf(name)
  return (Object.hasOwn(titles, tag) ? titles[tag] : undefined) ?? (known && messages[known.label]) ?? title ?? spoken(name)
}

const select = (one: AttributeField, { id, label, messages }: { id: string; label: string | Html; messages: Messages }): Html => {
  const { problem, value = '', choices, isRequired, isFocused } = one
  return html`<div class="field">
<label for="${id}">${label}</label>
<select id="${id}" name="${attributeInput(one.name)}"${isRequired && html` required`}${described({ id, problem })}${isFocused && html` autofocus`}>
<option value="">${messages.chooseOne}</option>
${choices.map((choice) => html`<option value="${choice}"${choice === value && html` selected`}>${choice}</option>\n`)}</select>
${noteLine(`${id}-note`, { problem })}
</div>`
}

const checkbox = (one: AttributeField, { id, label }: { id: string; label: string | Html }): Html => {
  const { problem, value, isRequired, isFocused } = one
  return html`<div class="field">
<label class="check" for="${id}">
<input type="checkbox" id="${id}" name="${attributeInput(one.name)}" value="true"${isRequired && html` required`}${value && html` checked`}${described({ id, problem })}${isFocused && html` autofocus`}>
<span>${label}</span>
</label>
${noteLine(`${id}-note`, { problem })}
</div>`
}

const typeOf = ({ kind, format }: AttributeField): Field['type'] => {
  if (kind === 'url' || kind === 'date') return kind
  return format === 'e164' ? 'tel' : format === 'email' ? 'email' : 'text'
}

/** An attribute as a plain form asks for it. */
export const attributeField = (one: AttributeField, lang: string): Html => {
  const language = languageOf(lang)
  const { messages } = language
  const name = labelOf(one, language)
  const id = `attribute-${one.name}`
  const label = one.isRequired ? name : fill(messages.optional, { label: name })
  if (one.kind === 'choice') return select(one, { id, label, messages })
  if (one.kind === 'flag') return checkbox(one, { id, label: name })
  const { value, problem, isFocused = false, lengthMax } = one
  return field({
    ...{ id, name: attributeInput(one.name), label, type: typeOf(one), value, problem, isFocused, lengthMax },
    ...{ autocomplete: standardOf(one.name)?.autocomplete ?? 'off', isOptional: !one.isRequired },
    ...{ isNumber: one.kind === 'number', isProse: one.kind === 'line' && one.format === undefined },
  })
}
