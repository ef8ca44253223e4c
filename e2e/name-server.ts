import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

const typeTxt = 16

const nameIn = (query: Buffer): { readonly name: string; readonly end: number } => {
  const labels: string[] = []
  let at = 12
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  return { name: labels.join('.').toLowerCase(), end: at + 5 }
}

const recordOf = (text: string): Buffer => {
  const head = Buffer.alloc(12)
  head.writeUInt16BE(0xc00c, 0)
  head.writeUInt16BE(typeTxt, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(text.length + 1, 10)
  return Buffer.concat([head, Buffer.from([text.length]), Buffer.from(text, 'latin1')])
}

/** An authoritative answer (RFC 1035 section 4.1.1); without records: there is no such name. Texts have at most 255 characters. */
const answerTo = (query: Buffer, end: number, texts: readonly string[]): Buffer => {
  const head = Buffer.from(query.subarray(0, end))
  head.writeUInt16BE(texts.length === 0 ? 0x8583 : 0x8580, 2)
  head.writeUInt16BE(texts.length, 6)
  head.writeUInt32BE(0, 8)
  return Buffer.concat([head, ...texts.map(recordOf)])
}

/** A name server on a loopback address that knows the TXT records that it is given. */
export const startNameServer = async () => {
  const records = new Map<string, readonly string[]>()
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  socket.on('message', (query, { port, address }) => {
    const { name, end } = nameIn(query)
    socket.send(answerTo(query, end, records.get(name) ?? []), port, address)
  })
  return { address: `127.0.0.1:${(socket.address() as AddressInfo).port}`, records, stop: () => socket.close() }
}
