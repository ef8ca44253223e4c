import { type Html, type HtmlValue, html, printHtml } from '../platform/html.ts'
import { brandHeader } from './brand-header.ts'
import { brandLinks, clientLinks } from './client-links.ts'
import { clientMark } from './client-mark.ts'
import type { Card, Frame } from './frame.ts'
import { languageMenu } from './language-menu.ts'
import { type Language, languageOf } from './messages.ts'
import { notice } from './notice.ts'
import { ownPath } from './own-path.ts'

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

const masthead = (frame: Frame, { heading, lead, mark, client }: Sheet): Html => html`<header>
${mark ?? clientMark(client, frame)}
<div><h1 id="heading">${heading}</h1>${lead && html`<p class="lead">${lead}</p>`}</div>
</header>`

// Later ones win: the look, the tenant's, the client's.
const stylesheets = ({ assets, basePath, brand }: Frame, client: Card | undefined): Html[] =>
  [assets.stylesheet, brand?.stylesheet, ownPath(basePath, client?.stylesheet)].flatMap((url) =>
    url === undefined ? [] : html`<link rel="stylesheet" href="${url}">\n`,
  )

const footer = ({ brand, query }: Frame, client: Card | undefined, language: Language): Html => {
  const { messages } = language
  return html`<footer>
${client && clientLinks(client, messages)}${brand && brandLinks(brand, messages)}${query !== undefined && languageMenu(query, language)}
</footer>`
}

/** A whole document: one card, one task. Script and style come from files alone, so that a policy can forbid all others. */
export const layout = (frame: Frame, sheet: Sheet): string => {
  const language = languageOf(frame.lang)
  const { client } = sheet
  const { brand, isPreview = false } = frame
  const owner = client?.name ?? brand?.name
  const document = html`<!doctype html>
<html lang="${language.tag}" dir="${language.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${sheet.heading}${owner !== undefined && ` · ${owner}`}</title>
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="${frame.assets.icon}" type="image/svg+xml">
${stylesheets(frame, client)}${sheet.head}</head>
<body data-page="${sheet.page}"${isPreview && html` class="preview"`}>
<main>
${isPreview && notice('careful', language.messages.preview)}${brand && brandHeader(brand)}<section class="card" aria-labelledby="heading"${isPreview && html` inert`}>
${masthead(frame, sheet)}
${sheet.body}
</section>
</main>
${footer(frame, client, language)}
</body>
</html>
`
  return printHtml(document)
}
