import { type Html, html } from '../platform/html.ts'

const paths = {
  good: html`<path d="m14 23 6 6 11-13"/>`,
  bad: html`<path d="m16 16 13 13M29 16 16 29"/>`,
  plain: html`<path d="M15 22.5h15"/>`,
}

/** How something ended, as a sign above the heading, which says the same in words. */
export const verdict = (kind: keyof typeof paths): Html =>
  html`<svg class="verdict ${kind}" width="44" height="44" viewBox="0 0 45 45" aria-hidden="true"><circle cx="22.5" cy="22.5" r="22.5"/>${paths[kind]}</svg>`
