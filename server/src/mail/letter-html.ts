import { type Html, type HtmlValue, html, printHtml } from '../platform/html.ts'
import type { MailLanguage } from './languages.ts'

export type HtmlLetter = {
  readonly subject: HtmlValue
  readonly brand: string
  readonly lead: HtmlValue
  readonly code?: string | undefined
  readonly button?: { readonly label: string; readonly url: string } | undefined
  readonly facts?: readonly { readonly name: string; readonly value: string }[]
  readonly note?: HtmlValue
  readonly reason: HtmlValue
}

const font = "font-family:ui-sans-serif,system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif"
const mono = "font-family:ui-monospace,'SF Mono','Cascadia Code','Noto Sans Mono',monospace"

// No colour but the button's, and none behind the text: so the mail program's dark look stays whole.
const codeLine = (code: string): Html =>
  html`<p style="margin:0 0 24px;padding:12px 16px;border:1px solid #83908c;border-radius:10px;text-align:center;font-size:30px;line-height:1.3;font-weight:600;letter-spacing:4px;${mono}"><bdi dir="ltr">${code}</bdi></p>`

const buttonLine = ({ label, url }: { readonly label: string; readonly url: string }): Html =>
  html`<p style="margin:0 0 24px"><a href="${url}" style="display:inline-block;padding:12px 24px;border-radius:10px;background-color:#0a6b5c;color:#ffffff;font-weight:600;text-decoration:none">${label}</a></p>`

const factLine = ({ name, value }: { readonly name: string; readonly value: string }): Html =>
  html`<p style="margin:0 0 4px"><span style="opacity:0.75">${name}:</span> <bdi>${value}</bdi></p>`

/** The frame of every mail: one column, one button, inline styles, nothing that is fetched. */
export const letterHtml = (
  { tag, direction }: Pick<MailLanguage, 'tag' | 'direction'>,
  { subject, brand, lead, code, button, facts = [], note, reason }: HtmlLetter,
): string =>
  printHtml(html`<!doctype html>
<html lang="${tag}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<title>${subject}</title>
</head>
<body style="margin:0;padding:24px 16px;font-size:16px;line-height:1.5;${font}">
<div style="max-width:480px;margin:0 auto">
<p style="margin:0 0 24px;font-weight:600"><bdi>${brand}</bdi></p>
<h1 style="margin:0 0 12px;font-size:22px;line-height:1.25;font-weight:650">${subject}</h1>
<p style="margin:0 0 24px">${lead}</p>
${code !== undefined && codeLine(code)}
${button && buttonLine(button)}
${facts.length > 0 && html`<div style="margin:0 0 24px">${facts.map(factLine)}</div>`}
${note && html`<p style="margin:0 0 24px">${note}</p>`}
<p style="margin:0;padding:16px 0 0;border-top:1px solid #83908c;font-size:13px;opacity:0.75">${reason}</p>
</div>
</body>
</html>
`)
