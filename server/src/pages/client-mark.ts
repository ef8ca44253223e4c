import { type Html, html } from '../platform/html.ts'
import type { Card } from './frame.ts'
import { webUrl } from './web-url.ts'

const key = html`<svg class="mark" width="44" height="44" viewBox="0 0 26 26" aria-hidden="true"><rect width="26" height="26" rx="7"/><circle cx="13" cy="10.5" r="4.2"/><path d="M13 14.5V21M13 18h3.2"/></svg>`

const tileCount = 6

// The same name has the same colour everywhere.
const tileOf = (name: string): number =>
  [...name].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973, 7) % tileCount

/** The first letter of a name on a tile, where there is no picture. */
export const monogram = (name: string, shape: 'tile' | 'round'): Html => {
  const letter = /[\p{L}\p{N}]/u.exec(name)?.[0]?.toUpperCase() ?? '·'
  return html`<span class="monogram ${shape} hue-${tileOf(name)}" aria-hidden="true">${letter}</span>`
}

/** The client's logo, its initial where it has none, or our own mark where no client is concerned. */
export const clientMark = (client: Card | undefined): Html => {
  if (client === undefined) return key
  const logo = webUrl(client.logoUri)
  return logo === undefined
    ? monogram(client.name, 'tile')
    : html`<img class="logo" src="${logo}" alt="" width="44" height="44" referrerpolicy="no-referrer" decoding="async">`
}
