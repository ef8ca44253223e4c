import { Type } from 'typebox'
import { content } from '../http/content.ts'
import { type AnyRoute, publicRoute, route } from '../http/route.ts'
import { sealedLetterMax } from './sealed-letter.ts'

export type LetterPreviewDeps = {
  readonly limit: number
  /** The HTML of a letter that this tenant has sealed a short while ago. */
  readonly open: (sealed: string) => string | undefined
}

const Html = content('text/html; charset=utf-8')

/** What shows a sealed letter, as a path of the tenant. */
export const letterPreviewPath = '/mail/preview'

// As untrusted as in any mail program: no script, no origin, nothing from elsewhere, and within pages of this origin alone.
const policy =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
const headers = { 'content-security-policy': policy, 'x-frame-options': 'SAMEORIGIN' }

const nothing = '<!doctype html>\n<html lang="en">\n<meta name="color-scheme" content="light dark">\n<title>Not found</title>\n'

// In a sandbox no window opens: a link of the letter leads nowhere, rather than out of it.
const withoutWays = (html: string): string => `${html}\n<base target="_blank">\n`

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** Whether a page of this origin asked for it, to show it in a frame, as far as the browser tells. */
const isForFrame = (sent: Headers): boolean =>
  (sent['sec-fetch-site'] ?? 'same-origin') === 'same-origin' && (sent['sec-fetch-dest'] ?? 'iframe') === 'iframe'

/** Open to everybody, for a frame brings no token: it shows what this server has sealed for whoever may see it, and nothing else. */
export const letterPreviewRoutes = ({ limit, open }: LetterPreviewDeps): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: letterPreviewPath,
    summary: 'The HTML of a mail as it looks, in a sandbox',
    description: 'The letter comes from /admin/v1/mail/templates/{template}/{language}/preview.',
    tag: 'pages',
    auth: publicRoute('a frame brings no token; it opens what this server has sealed alone'),
    limit: { by: 'address', max: limit, seconds: 60 },
    audit: { none: 'changes nothing' },
    isCredential: true,
    cors: 'never',
    failure: 'page',
    bodyBytesMax: sealedLetterMax + 1024,
    request: { form: Type.Object({ letter: Type.String({ maxLength: sealedLetterMax }) }, { additionalProperties: false }) },
    responses: { 200: Html, 404: Html },
    handle: ({ body, headers: sent }) => {
      const html = isForFrame(sent) ? open(body.letter) : undefined
      return html === undefined ? { status: 404, body: nothing, headers } : { status: 200, body: withoutWays(html), headers }
    },
  }),
]
