import { type Html, html } from '../platform/html.ts'

// Isolated, so that a name written from right to left or with direction marks does not reorder the words around it.

/** A name from outside within a sentence of ours. */
export const outsideName = (name: string): Html => html`<strong><bdi>${name}</bdi></strong>`
