import { type Html, html } from '../platform/html.ts'

export type Field = {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'email' | 'password'
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
}

const exactText = html` autocapitalize="none" autocorrect="off" spellcheck="false"`
const codeText = html` autocapitalize="characters" autocorrect="off" spellcheck="false" class="code"`

const digitText = html` inputmode="numeric" autocorrect="off" spellcheck="false" class="code"`

/** The line below an input is always there, so that nothing moves when a problem takes the place of the hint. */
export const noteLine = (id: string, { hint, problem }: Pick<Field, 'hint' | 'problem'>): Html =>
  problem === undefined
    ? html`<p class="note" id="${id}">${hint}</p>`
    : html`<p class="note problem" id="${id}" role="alert">${problem}</p>`

/** A label, an input and the line that tells what is wrong with it. */
export const field = (one: Field): Html => {
  const { id, problem, hint, isWrongWith } = one
  const isWrong = problem !== undefined || isWrongWith !== undefined
  const note = problem !== undefined || hint !== undefined ? `${id}-note` : isWrongWith && `${isWrongWith}-note`
  return html`<div class="field">
${one.beside === undefined ? html`<label for="${id}">${one.label}</label>` : html`<div class="row"><label for="${id}">${one.label}</label>${one.beside}</div>`}
<input id="${id}" name="${one.name}" type="${one.type}" autocomplete="${one.autocomplete}" required${one.isDigits ? digitText : one.isCode ? codeText : exactText}${
    one.value !== undefined && html` value="${one.value}"`
  }${note && html` aria-describedby="${note}"`}${isWrong && html` aria-invalid="true"`}${one.isFocused && html` autofocus`}>
${noteLine(`${id}-note`, { hint, problem })}
</div>`
}
