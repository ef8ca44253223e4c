import { type Html, type HtmlValue, html, printHtml } from '../platform/html.ts'
import { clientLinks } from './client-links.ts'
import { clientMark } from './client-mark.ts'
import type { Card, Frame } from './frame.ts'
import { languageOf } from './messages.ts'

export type Sheet = {
  /** The value of `data-page`. */
  readonly page: string
  readonly heading: string
  readonly client?: Card | undefined
  /** The sentence below the heading. */
  readonly lead?: HtmlValue
  /** What stands in the place of the client's mark. */
  readonly mark?: Html
  readonly head?: HtmlValue
  readonly body: HtmlValue
}

const masthead = ({ heading, lead, mark, client }: Sheet): Html => html`<header>
${mark ?? clientMark(client)}
<div><h1 id="heading">${heading}</h1>${lead && html`<p class="lead">${lead}</p>`}</div>
</header>`

/** A whole document: one card, one task. Script and style come from files alone, so that a policy can forbid all others. */
export const layout = ({ lang, assets }: Frame, sheet: Sheet): string => {
  const { tag, direction, messages } = languageOf(lang)
  const { client } = sheet
  const document = html`<!doctype html>
<html lang="${tag}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${sheet.heading}${client && ` · ${client.name}`}</title>
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="${assets.icon}" type="image/svg+xml">
<link rel="stylesheet" href="${assets.stylesheet}">
${sheet.head}</head>
<body data-page="${sheet.page}">
<main>
<section class="card" aria-labelledby="heading">
${masthead(sheet)}
${sheet.body}
</section>
</main>
${client && clientLinks(client, messages)}
</body>
</html>
`
  return printHtml(document)
}
