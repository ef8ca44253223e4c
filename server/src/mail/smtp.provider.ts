import type { Mailbox } from '../config/mailbox.ts'
import { isLoopbackHost } from '../platform/network.ts'
import { oneLine } from './printed-words.ts'
import type { Letter, Sender, Sending } from './sender.ts'

export type SmtpOptions = {
  /** `smtp://` or `smtps://`, with user and password where the server asks for them. */
  readonly url: string
  readonly from: Mailbox
  readonly connections: number
  readonly now: () => number
  /** How long the server may be silent. */
  readonly waitMs?: number
}

/** Credentials never go in the clear but to this machine; elsewhere TLS is used wherever the server offers it, and a bad certificate ends the attempt. */
const connectionOf = (text: string) => {
  const url = new URL(text)
  const isTls = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const auth = url.username === '' ? undefined : { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
  return {
    host,
    port: url.port === '' ? (isTls ? 465 : 587) : Number(url.port),
    secure: isTls,
    requireTLS: !isTls && auth !== undefined && !isLoopbackHost(host),
    ...(auth === undefined ? {} : { auth }),
    tls: { rejectUnauthorized: true },
  }
}

// Five megabytes: only a process that sends mail loads it.
const loadLibrary = () => import('nodemailer')

const patience = (waitMs: number) => ({
  connectionTimeout: waitMs,
  greetingTimeout: waitMs,
  socketTimeout: waitMs,
  dnsTimeout: waitMs,
})

type SmtpError = { readonly code?: string; readonly responseCode?: number; readonly command?: string; readonly response?: string }

// What the server says of this installation (log in first, use TLS) is mended by its operator, and the message is not lost by it.
const ofInstallation = new Set([530, 534, 535, 538])

const isForGood = ({ code, responseCode, command }: SmtpError): boolean => {
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return false
  if (responseCode === undefined) return command === 'API'
  return responseCode >= 500 && !ofInstallation.has(responseCode)
}

const describe = (cause: SmtpError & { readonly message?: string }): string => {
  const said = cause.response ?? `${cause.code ?? 'error'}: ${cause.message ?? ''}`
  return cause.command === undefined ? said : `${cause.command}: ${said}`
}

const outcomeOf = (error: unknown): Sending => {
  const cause = error as SmtpError
  return { kind: isForGood(cause) ? 'refused' : 'failed', error: describe(cause) }
}

/** Connects and signs in to the mail server without sending anything; what went wrong, or undefined. */
export const probeSmtp = async (url: string, waitMs = 5_000): Promise<string | undefined> => {
  const { createTransport } = await loadLibrary()
  const transport = createTransport({ ...connectionOf(url), ...patience(waitMs) })
  try {
    await transport.verify()
    return undefined
  } catch (error) {
    return describe(error as SmtpError)
  } finally {
    transport.close()
  }
}

const mailOf = ({ from, now }: SmtpOptions, letter: Letter) => ({
  from: { name: from.name === '' ? oneLine(letter.brand) : from.name, address: from.address },
  // An object is taken as one address; a text would be read as a list of them.
  to: { name: '', address: letter.to },
  subject: letter.subject,
  text: letter.text,
  html: letter.html,
  messageId: `<${letter.id}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`,
  date: new Date(now()),
  // RFC 3834 section 5: nobody on holiday answers.
  headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': letter.language },
  xMailer: false as const,
})

const openTransport = async ({ url, connections, waitMs = 10_000 }: SmtpOptions) => {
  const { createTransport } = await loadLibrary()
  return createTransport({
    ...connectionOf(url),
    ...patience(waitMs),
    pool: true,
    maxConnections: connections,
    maxMessages: 100,
    // The queue alone decides about another attempt.
    maxRequeues: 0,
    idleTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

/** Hands mails to the server of `SMTP_URL` over a few kept connections. A repetition carries the same Message-ID. */
export const smtpSender = (options: SmtpOptions): Sender => {
  let opened: ReturnType<typeof openTransport> | undefined
  return {
    send: async (letter, signal) => {
      try {
        opened ??= openTransport(options)
        const transport = await opened
        await transport.sendMail({ ...mailOf(options, letter), signal })
        return { kind: 'sent' }
      } catch (error) {
        return outcomeOf(error)
      }
    },
    close: () =>
      void opened?.then(
        (transport) => transport.close(),
        () => undefined,
      ),
  }
}
