import { type Html, html } from '../platform/html.ts'

export type Field = {
  readonly id: string
  readonly name: string
  readonly label: string | Html
  readonly type: 'text' | 'email' | 'password' | 'url' | 'date' | 'tel'
  readonly autocomplete: string
  readonly value?: string | undefined
  readonly hint?: string | undefined
  readonly problem?: string | undefined
  /** Wrong together with another field, whose problem tells why. */
  readonly isWrongWith?: string | undefined
  readonly isFocused?: boolean
  /** What stands at the end of the label's line. */
  readonly beside?: Html | undefined
  readonly isCode?: boolean
  /** A code of digits: small screens show the keys for them. */
  readonly isDigits?: boolean
  readonly isOptional?: boolean
  /** Ordinary words, which the browser may help with. */
  readonly isProse?: boolean
  readonly isNumber?: boolean
  readonly lengthMax?: number | undefined
}

const exactText = html` autocapitalize="none" autocorrect="off" spellcheck="false"`
const codeText = html` autocapitalize="characters" autocorrect="off" spellcheck="false" class="code"`

const digitText = html` inputmode="numeric" autocorrect="off" spellcheck="false" class="code"`

const numberText = html` inputmode="decimal" autocorrect="off" spellcheck="false"`

const keyboardOf = ({ isDigits, isCode, isProse, isNumber }: Field): Html | false => {
  if (isProse) return false
  if (isNumber) return numberText
  return isDigits ? digitText : isCode ? codeText : exactText
}

/** What ties an input to the line below it, and says that it is wrong. */
export const described = ({ id, hint, problem, isWrongWith }: Pick<Field, 'id' | 'hint' | 'problem' | 'isWrongWith'>): Html => {
  const isWrong = problem !== undefined || isWrongWith !== undefined
  const note = problem !== undefined || hint !== undefined ? `${id}-note` : isWrongWith && `${isWrongWith}-note`
  return html`${note && html` aria-describedby="${note}"`}${isWrong && html` aria-invalid="true"`}`
}

/** The line below an input is always there, so that nothing moves when a problem takes the place of the hint. */
export const noteLine = (id: string, { hint, problem }: Pick<Field, 'hint' | 'problem'>): Html =>
  problem === undefined
    ? html`<p class="note" id="${id}">${hint}</p>`
    : html`<p class="note problem" id="${id}" role="alert">${problem}</p>`

/** A label, an input and the line that tells what is wrong with it. */
export const field = (one: Field): Html => {
  const { id, problem, hint, isOptional, isFocused, lengthMax } = one
  return html`<div class="field">
${one.beside === undefined ? html`<label for="${id}">${one.label}</label>` : html`<div class="row"><label for="${id}">${one.label}</label>${one.beside}</div>`}
<input id="${id}" name="${one.name}" type="${one.type}" autocomplete="${one.autocomplete}"${!isOptional && html` required`}${keyboardOf(one)}${
    one.value !== undefined && html` value="${one.value}"`
  }${lengthMax !== undefined && html` maxlength="${lengthMax}"`}${described(one)}${isFocused && html` autofocus`}>
${noteLine(`${id}-note`, { hint, problem })}
</div>`
}

/** What stands already and cannot be changed: it is read, whatever its length, and not typed. */
export const fixedField = ({
  id,
  label,
  value,
  hint,
  problem,
}: Pick<Field, 'id' | 'label' | 'value' | 'hint' | 'problem'>): Html => html`<div class="field">
<dl><dt>${label}</dt><dd id="${id}"><bdi>${value}</bdi></dd></dl>
${noteLine(`${id}-note`, { hint, problem })}
</div>`
