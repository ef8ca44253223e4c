import { isIP } from 'node:net'
import { isLoopbackHost } from '../network.ts'
import type { AllowedTargets } from './allowed-targets.ts'
import { GuardedFetchError } from './guarded-fetch-error.ts'
import { isPublicAddress } from './public-address.ts'

export type Resolve = (hostname: string) => Promise<readonly string[]>
export type Target = { readonly url: URL; readonly hostname: string; readonly port: number; readonly addresses: readonly string[] }

const refusePort = (url: URL): never => {
  throw new GuardedFetchError('refused-address', `Port ${url.port} of ${url.hostname} is not for web traffic. Use 443 or one from 1024.`)
}

/** A URL that may be asked at all: no credentials, no odd port, https, or http to this machine where that is allowed. */
export const readTarget = (text: string, allowed: AllowedTargets): Omit<Target, 'addresses'> => {
  if (!URL.canParse(text)) throw new GuardedFetchError('refused-url', 'The URL cannot be read. Register an absolute https URL.')
  const url = new URL(text)
  if (url.username !== '' || url.password !== '')
    throw new GuardedFetchError('refused-url', `The URL of ${url.hostname} holds credentials. Register it without.`)
  const isHttps = url.protocol === 'https:'
  const isOpenLoopback = url.protocol === 'http:' && isLoopbackHost(url.hostname)
  if (!isHttps && !isOpenLoopback)
    throw new GuardedFetchError('refused-scheme', `The URL of ${url.hostname} is not https. Register an https URL.`)
  const port = url.port === '' ? (isHttps ? 443 : 80) : Number(url.port)
  const hostname = url.hostname.replace(/^\[|\]$/g, '')
  const isListed = allowed.hasHost(url.hostname, port) || (isIP(hostname) !== 0 && allowed.hasAddress(hostname))
  if (isHttps && !isListed && port < 1024 && port !== 443) refusePort(url)
  return { url, hostname, port }
}

/**
 * The addresses to connect to, and no others: every one that the name has must be public or allowed, so that a name with one of each is refused.
 * The name is resolved once; a second answer, which could differ, is never asked for.
 */
export const chooseAddresses = async (
  { url, hostname, port }: Omit<Target, 'addresses'>,
  allowed: AllowedTargets,
  resolve: Resolve,
): Promise<readonly string[]> => {
  const addresses = isIP(hostname) === 0 ? await resolve(hostname) : [hostname]
  if (addresses.length === 0) throw new GuardedFetchError('unreachable', `${hostname} has no address. Publish one in DNS.`)
  const isHostListed = allowed.hasHost(url.hostname, port)
  const isPlain = url.protocol === 'http:'
  const refused = addresses.some((address) => {
    const isLetThrough = isHostListed || allowed.hasAddress(address)
    return isPlain ? !(isLetThrough && isLoopbackHost(address)) : !(isLetThrough || isPublicAddress(address))
  })
  if (refused)
    throw new GuardedFetchError('refused-address', `${hostname} is not at a public address. List it in CIP_OUTBOUND_ALLOW if it is yours.`)
  return addresses
}
