import { type Html, html } from '../platform/html.ts'
import type { Card, Frame } from './frame.ts'
import { initialOf, tileOf } from './initial.ts'
import { ownPath } from './own-path.ts'

const key = html`<svg class="mark" width="44" height="44" viewBox="0 0 26 26" aria-hidden="true"><rect width="26" height="26" rx="7"/><circle cx="13" cy="10.5" r="4.2"/><path d="M13 14.5V21M13 18h3.2"/></svg>`

/** The first letter of a name on a tile, where there is no picture. */
export const monogram = (name: string, shape: 'tile' | 'round'): Html =>
  html`<span class="monogram ${shape} hue-${tileOf(name)}" aria-hidden="true">${initialOf(name)}</span>`

/** The client's logo, its initial where it has none; without a client our own mark, unless a tenant shows its own above. */
export const clientMark = (client: Card | undefined, { basePath, brand }: Frame): Html | false => {
  if (client === undefined) return brand?.logo === undefined && brand?.name === undefined && key
  const logo = ownPath(basePath, client.logoUri)
  return logo === undefined
    ? monogram(client.name, 'tile')
    : html`<img class="logo" src="${logo}" alt="" width="44" height="44" decoding="async">`
}
