import { type Html, type HtmlValue, html } from '../platform/html.ts'

export type Button = {
  readonly id: string
  readonly name?: string
  readonly value?: string
  readonly look?: 'primary' | 'text'
  /** Leaves the task: the browser does not ask for the fields to be filled first. */
  readonly isLeaving?: boolean
}

/** A button that submits the form of the page. */
export const button = ({ id, name, value, look, isLeaving }: Button, words: HtmlValue): Html =>
  html`<button class="button${look && ` ${look}`}" id="${id}" type="submit"${name !== undefined && html` name="${name}" value="${value}"`}${
    isLeaving && html` formnovalidate`
  }>${words}</button>`
