import { html, printHtml } from '../platform/html.ts'
import { initialOf, tileColors, tileOf } from './initial.ts'

/** The first letter of a name on a tile as an SVG document, in the place of a logo that cannot be had. */
export const monogramPicture = (name: string): string =>
  printHtml(
    html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 44" width="44" height="44"><rect width="44" height="44" fill="${
      tileColors[tileOf(name)]
    }"/><text x="22" y="29" fill="#fff" font-family="system-ui, sans-serif" font-size="20" font-weight="700" text-anchor="middle">${initialOf(
      name,
    )}</text></svg>`,
  )
