import { isIP } from 'node:net'
import { networkMatcher } from '../network.ts'

// IANA special-purpose registries (RFC 6890), multicast and class E.
const special4 = networkMatcher([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
])

// Only 2000::/3 is given out. What lies outside (mapped, NAT64, unique local, link local, multicast) is refused without being named.
const global6 = networkMatcher(['2000::/3'])
// Teredo and the other protocol assignments, documentation, 6to4.
const special6 = networkMatcher(['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'])

/** Whether an address is one of the public Internet; text that is no plain address is not. */
export const isPublicAddress = (address: string): boolean => {
  if (address.includes('%')) return false
  const version = isIP(address)
  if (version === 4) return !special4(address)
  return version === 6 && global6(address) && !special6(address)
}
