import { isIP } from 'node:net'
import { networkMatcher, plainAddress } from '../platform/network.ts'

/** The socket's address, unless that is a trusted proxy: then the right-most hop of X-Forwarded-For that is not one. */
export const clientAddress = (
  trustedProxies: readonly string[],
): ((socket: string | undefined, forwarded: string | readonly string[] | undefined) => string) => {
  const isTrusted = networkMatcher(trustedProxies)
  return (socket, forwarded) => {
    const peer = plainAddress(socket ?? '')
    if (forwarded === undefined || trustedProxies.length === 0 || !isTrusted(peer)) return peer
    const hops = [forwarded]
      .flat()
      .join(',')
      .split(',')
      .map((hop) => plainAddress(hop.trim().replace(/^\[(.*)\](:\d+)?$/, '$1')))
    let nearest = peer
    for (const hop of hops.reverse()) {
      if (isIP(hop) === 0) return nearest
      if (!isTrusted(hop)) return hop
      nearest = hop
    }
    return nearest
  }
}
