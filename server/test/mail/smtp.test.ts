import assert from 'node:assert/strict'
import { createServer, type Socket } from 'node:net'
import { describe, test } from 'node:test'
import type { Letter, Sender } from '../../src/mail/sender.ts'
import { smtpSender } from '../../src/mail/smtp.provider.ts'
import { atEnd } from '../harness/closing.ts'
import { type MailSink, startMailSink } from './mail-sink.ts'
import { readMail } from './read-mail.ts'

const letter: Letter = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  channel: 'email',
  to: 'person@example.com',
  template: 'test',
  language: 'en',
  brand: 'Example',
  words: { time: '2026-01-31T12:00:00Z' },
  subject: 'Test',
  text: 'text\n',
  html: '<p>html</p>',
}

const senderFor = (url: string): Sender => {
  const sender = smtpSender({ url, from: { name: '', address: 'no-reply@example.com' }, connections: 2, now: Date.now, waitMs: 400 })
  atEnd(async () => sender.close())
  return sender
}

const send = (sender: Sender, change: Partial<Letter> = {}) => sender.send({ ...letter, ...change }, AbortSignal.timeout(5000))

test('a server that hangs after the data fails the attempt, which is not repeated behind the back of the queue', async () => {
  const sink = await startMailSink()
  sink.manners.isSilentAfterData = true
  const outcome = await send(senderFor(sink.url))
  assert.equal(outcome.kind, 'failed')
  assert.equal(sink.received.length, 1)
})

test('a server that accepts and says nothing, and one that trickles its greeting, fail the attempt in time', async () => {
  for (const talk of [() => undefined, (socket: Socket) => void setInterval(() => socket.write('2'), 100).unref()]) {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      talk(socket)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const outcome = await senderFor(`smtp://127.0.0.1:${port}`).send(letter, AbortSignal.timeout(1500))
    assert.equal(outcome.kind, 'failed')
    server.close()
  }
})

test('a server that closes the connection in the middle fails the attempt', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.write('220 hello\r\n')
    socket.on('data', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const outcome = await send(senderFor(`smtp://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`))
  assert.equal(outcome.kind, 'failed')
  server.close()
})

test('where the server offers TLS with a certificate that nobody vouches for, nothing goes out in the clear instead', async () => {
  const sink = await startMailSink(0, { disabledCommands: ['AUTH'] })
  const outcome = await send(senderFor(sink.url))
  assert.equal(outcome.kind, 'failed')
  assert.equal(sink.received.length, 0)
})

test('credentials that are refused fail the attempt and lose no mail, and the error does not tell them', async () => {
  const sink = await startMailSink(0, {
    disabledCommands: ['STARTTLS'],
    authOptional: false,
    onAuth: (_, __, callback) => callback(Object.assign(new Error('wrong'), { responseCode: 535 })),
  })
  const outcome = await send(senderFor(sink.url.replace('//', '//user:password-canary@')))
  assert.equal(outcome.kind, 'failed')
  assert.ok('error' in outcome && /535/.test(outcome.error) && !outcome.error.includes('password-canary'))
  const anonymous = await send(senderFor(sink.url))
  assert.equal(anonymous.kind, 'failed')
})

const recipientsOf = ({ received }: MailSink): string[] => received.flatMap(({ to }) => [...to])

describe('N-09 no address, name or subject brings another recipient or header', () => {
  const hostile = [
    'a@example.com\r\nBcc: evil@example.net',
    'a@example.com>\r\nRCPT TO:<evil@example.net',
    '"a"@example.com>\r\nBcc: evil@example.net',
    'a@example.com, evil@example.net',
    'Group: evil@example.net, b@example.net;',
    'g1: g2: g3: evil@example.net;;;',
    '"evil@example.net x"@example.com',
    'a@example.com%0aBcc:evil@example.net',
  ]
  for (const text of hostile) {
    test(JSON.stringify(text), async () => {
      const sink = await startMailSink()
      const sender = senderFor(sink.url)
      await send(sender, { to: text })
      await send(sender, { subject: text, brand: text })
      for (const to of recipientsOf(sink)) assert.notEqual(to, 'evil@example.net')
      for (const { raw } of sink.received) {
        const { headers } = readMail(raw)
        assert.deepEqual(
          [...headers.keys()].filter((name) => name === 'bcc' || name === 'cc'),
          [],
        )
      }
      const last = sink.received.at(-1)
      assert.deepEqual(last?.to, ['person@example.com'])
    })
  }
})
