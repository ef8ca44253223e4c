import { type Html, html } from '../platform/html.ts'
import type { Brand } from './frame.ts'
import { ownPath } from './own-path.ts'

/**
 * The tenant above the card: its logo in a box of fixed size, so that nothing moves when it arrives; its name where it has none.
 * A picture that waits for its bytes would show its alternative text: the name stands beside it for those who listen.
 */
export const brandHeader = ({ name, logo }: Brand): Html | false => {
  const picture = ownPath('', logo)
  if (picture !== undefined)
    return html`<p class="brand"><img src="${picture}" alt="" width="200" height="44">${
      name !== undefined && html`<span class="unseen">${name}</span>`
    }</p>\n`
  return name !== undefined && html`<p class="brand"><bdi>${name}</bdi></p>\n`
}
