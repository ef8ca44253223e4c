import { isIPv4 } from 'node:net'

/** Values of the data section (MaxMind DB File Format Specification 2.0): maps, texts and unsigned integers. */
type Value = string | number | { readonly [name: string]: Value } | readonly Value[]

// The type stands in the upper three bits; a length from 29 on in a further byte, from 285 on in two.
const head = (type: number, length: number): Buffer => {
  const extended = type > 7 ? [type - 7] : []
  const bits = (type > 7 ? 0 : type) << 5
  if (length < 29) return Buffer.from([bits | length, ...extended])
  if (length < 285) return Buffer.from([bits | 29, ...extended, length - 29])
  return Buffer.from([bits | 30, ...extended, (length - 285) >> 8, (length - 285) & 255])
}

const encode = (value: Value): Buffer => {
  if (typeof value === 'string') return Buffer.concat([head(2, Buffer.byteLength(value)), Buffer.from(value)])
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return Buffer.concat([head(6, 4), bytes])
  }
  if (Array.isArray(value)) return Buffer.concat([head(11, value.length), ...value.map(encode)])
  const entries = Object.entries(value as Readonly<Record<string, Value>>)
  return Buffer.concat([head(7, entries.length), ...entries.flatMap(([name, one]) => [encode(name), encode(one)])])
}

const bitsOf = (network: string): number[] => {
  const [address = '', length = ''] = network.split('/')
  const bytes = isIPv4(address)
    ? [...new Array<number>(12).fill(0), ...address.split('.').map(Number)]
    : groupsOf(address).flatMap((group) => [group >> 8, group & 255])
  const bits = bytes.flatMap((byte) => Array.from({ length: 8 }, (_, index) => (byte >> (7 - index)) & 1))
  return bits.slice(0, isIPv4(address) ? 96 + Number(length) : Number(length))
}

const groupsOf = (address: string): number[] => {
  const [left = [], right = []] = address
    .split('::')
    .map((half) => (half === '' ? [] : half.split(':').map((group) => Number.parseInt(group, 16))))
  return [...left, ...new Array<number>(8 - left.length - right.length).fill(0), ...right]
}

type Node = { children: [Node | number | undefined, Node | number | undefined] }

/** A database of the MaxMind format with these networks, IPv4 as the first 96 zeros of an IPv6 tree; no network lies in another. */
export const makeMmdb = (networks: Readonly<Record<string, Value>>, type = 'Test-City', builtAt = new Date()): Buffer => {
  const root: Node = { children: [undefined, undefined] }
  const nodes = [root]
  const records: Buffer[] = []
  let size = 0
  for (const [network, value] of Object.entries(networks)) {
    const bits = bitsOf(network)
    let node = root
    for (const bit of bits.slice(0, -1)) {
      let next = node.children[bit]
      if (next === undefined) {
        next = { children: [undefined, undefined] }
        nodes.push(next)
        node.children[bit] = next
      }
      if (typeof next === 'number') throw new Error(`${network} lies in another network`)
      node = next
    }
    node.children[bits.at(-1) ?? 0] = size
    const record = encode(value)
    records.push(record)
    size += record.length
  }
  const places = new Map(nodes.map((node, index) => [node, index]))
  // Records of 32 bits: a node, nothing, or a place in the data section.
  const tree = Buffer.alloc(nodes.length * 8)
  for (const [index, { children }] of nodes.entries())
    for (const [side, child] of children.entries()) {
      const target = child === undefined ? nodes.length : typeof child === 'number' ? nodes.length + 16 + child : (places.get(child) ?? 0)
      tree.writeUInt32BE(target, index * 8 + side * 4)
    }
  const metadata = encode({
    ...{ node_count: nodes.length, record_size: 32, ip_version: 6, database_type: type, languages: ['en'] },
    ...{ binary_format_major_version: 2, binary_format_minor_version: 0, build_epoch: Math.floor(builtAt.getTime() / 1000) },
    description: { en: 'Test data' },
  })
  return Buffer.concat([tree, Buffer.alloc(16), ...records, Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'), metadata])
}
