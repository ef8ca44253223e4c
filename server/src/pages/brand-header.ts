import { type Html, html } from '../platform/html.ts'
import type { Brand } from './frame.ts'
import { ownPath } from './own-path.ts'

/** The tenant above the card: its logo in a box of fixed size, so that nothing moves when it arrives; its name where it has none. */
export const brandHeader = ({ name, logo }: Brand): Html | false => {
  const picture = ownPath('', logo)
  if (picture !== undefined) return html`<p class="brand"><img src="${picture}" alt="${name ?? ''}" width="200" height="44"></p>\n`
  return name !== undefined && html`<p class="brand"><bdi>${name}</bdi></p>\n`
}
