export type Mail = {
  readonly headers: ReadonlyMap<string, string>
  readonly parts: ReadonlyMap<string, string>
}

const unquote = (text: string): string =>
  Buffer.from(
    text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')

const decode = (encoding: string, text: string): string => {
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString('utf8')
  return encoding === 'quoted-printable' ? unquote(text) : text
}

const word = (_: string, kind: string, text: string): string =>
  kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString('utf8') : unquote(text.replaceAll('_', ' '))

// RFC 2047: white space between two encoded words is none.
const decodeHeader = (text: string): string => text.replace(/(\?=)\s+(=\?)/g, '$1$2').replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, word)

const split = (raw: string): { headers: ReadonlyMap<string, string>; body: string } => {
  const [, head = '', body = ''] = /^([\s\S]*?)\r\n\r\n([\s\S]*)$/.exec(raw) ?? []
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  return {
    headers: new Map(lines.map((line) => [line.replace(/:.*/, '').toLowerCase(), decodeHeader(line.replace(/^[^:]*:\s*/, ''))])),
    body,
  }
}

/** The headers of a mail, decoded, and its parts by media type. */
export const readMail = (raw: string): Mail => {
  const { headers, body } = split(raw)
  const boundary = /boundary="?([^";]+)"?/.exec(headers.get('content-type') ?? '')?.[1] ?? ''
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => split(part.replace(/^\r\n/, '')))
  return {
    headers,
    parts: new Map(
      parts.map(({ headers: own, body: text }) => [
        (own.get('content-type') ?? '').replace(/;.*/, ''),
        decode(own.get('content-transfer-encoding') ?? '', text).replaceAll('\r\n', '\n'),
      ]),
    ),
  }
}
