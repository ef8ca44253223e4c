import { BlockList, isIP, isIPv6, SocketAddress } from 'node:net'

/** `::ffff:192.0.2.1` and `192.0.2.1` are one address; zones are dropped. */
export const plainAddress = (address: string): string => {
  const bare = address.split('%')[0] ?? ''
  return /^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(bare) ? bare.slice(7) : bare
}

/** An address as RFC 5952 writes it, so that one address has one text; what is none stays as it is. */
export const canonicalAddress = (address: string): string => {
  const plain = plainAddress(address)
  return isIPv6(plain) ? new SocketAddress({ address: plain, family: 'ipv6' }).address : plain
}

const family = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4')

export const isNetwork = (text: string): boolean => {
  const [address = '', bits, more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || more !== undefined) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

/** A test whether an address lies in one of the networks (`10.0.0.0/8`, `::1`). */
export const networkMatcher = (networks: readonly string[]): ((address: string) => boolean) => {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    if (bits === undefined) list.addAddress(address, family(address))
    else list.addSubnet(address, Number(bits), family(address))
  }
  return (address) => isIP(address) !== 0 && list.check(address, family(address))
}

const loopback = networkMatcher(['127.0.0.0/8', '::1'])

export const isLoopbackHost = (host: string): boolean => {
  const bare = host.replace(/^\[|\]$/g, '')
  return bare === 'localhost' || bare.endsWith('.localhost') || loopback(bare)
}

const expandIpv6 = (address: string): string[] => {
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const gap = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return [...left, ...gap, ...right].map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
}

/** The network that budgets are counted by: /24 of IPv4, /64 of IPv6, since one machine easily has all of it. */
export const budgetNetwork = (address: string): string => {
  const plain = plainAddress(address)
  const version = isIP(plain)
  if (version === 4) return `${plain.split('.').slice(0, 3).join('.')}.0/24`
  if (version === 6) return `${expandIpv6(plain).slice(0, 4).join(':')}::/64`
  return 'unknown'
}
