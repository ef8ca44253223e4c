import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { atEnd } from '../harness/closing.ts'

export type Received = { readonly from: string; readonly to: readonly string[]; readonly raw: string }

/** How the sink answers; each may be changed while it runs. */
export type Manners = {
  rcpt?: ((address: string) => { code: number; text: string } | undefined) | undefined
  data?: ((raw: string) => { code: number; text: string } | undefined) | undefined
  /** Takes the message and never says so. */
  isSilentAfterData?: boolean
  /** Says nothing about a message that it took until this is settled. */
  hold?: Promise<void> | undefined
}

export type MailSink = {
  readonly url: string
  readonly port: number
  readonly received: Received[]
  readonly manners: Manners
  readonly close: () => Promise<void>
}

const refusal = (answer: { code: number; text: string } | undefined): Error | null =>
  answer === undefined ? null : Object.assign(new Error(answer.text), { responseCode: answer.code })

const optionsOf = (received: Received[], manners: Manners): SMTPServerOptions => ({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  closeTimeout: 50,
  onRcptTo: ({ address }, _, callback) => callback(refusal(manners.rcpt?.(address))),
  onData: (stream, { envelope }, callback) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8')
      const refused = refusal(manners.data?.(raw))
      const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
      if (refused === null) received.push({ from, to: envelope.rcptTo.map(({ address }) => address), raw })
      if (!manners.isSilentAfterData) void (manners.hold ?? Promise.resolve()).then(() => callback(refused))
    })
  },
})

/** A real SMTP server that keeps what it gets, on a free port unless one is named. */
export const startMailSink = async (port = 0, options: SMTPServerOptions = {}): Promise<MailSink> => {
  const [received, manners]: [Received[], Manners] = [[], {}]
  const server = new SMTPServer({ ...optionsOf(received, manners), ...options })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  let isClosed = false
  const close = async (): Promise<void> => {
    if (isClosed) return
    isClosed = true
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  atEnd(close)
  const address = server.server.address() as AddressInfo
  return { url: `smtp://127.0.0.1:${address.port}`, port: address.port, received, manners, close }
}
