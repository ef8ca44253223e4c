import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { atEnd } from './closing.ts'

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

const answerTo = (query: Buffer, texts: readonly string[] | undefined): Buffer => {
  const { end } = nameIn(query)
  const head = Buffer.from(query.subarray(0, end))
  // A response that is authoritative; without the name: NXDOMAIN (RFC 1035 section 4.1.1).
  head.writeUInt16BE(texts === undefined ? 0x8583 : 0x8580, 2)
  head.writeUInt16BE(texts?.length ?? 0, 6)
  head.writeUInt16BE(0, 8)
  head.writeUInt16BE(0, 10)
  const records = (texts ?? []).map((text) => {
    const parts = text.match(/.{1,255}/gs) ?? ['']
    const value = Buffer.concat(parts.map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part, 'latin1')])))
    const fixed = Buffer.alloc(12)
    fixed.writeUInt16BE(0xc00c, 0)
    fixed.writeUInt16BE(typeTxt, 2)
    fixed.writeUInt16BE(1, 4)
    fixed.writeUInt32BE(0, 6)
    fixed.writeUInt16BE(value.length, 10)
    return Buffer.concat([fixed, value])
  })
  return Buffer.concat([head, ...records])
}

/** A name server on a loopback address that knows TXT records; a name with `undefined` is not answered at all. */
export const startNameServer = async () => {
  const records = new Map<string, readonly string[] | undefined>()
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  socket.on('message', (query, { port, address }) => {
    const { name } = nameIn(query)
    if (records.has(name) && records.get(name) === undefined) return
    socket.send(answerTo(query, records.get(name)), port, address)
  })
  atEnd(async () => void socket.close())
  return { address: `127.0.0.1:${(socket.address() as AddressInfo).port}`, records }
}
