import { type Config, ConfigError } from '../../config/config.ts'
import { inspectConfig } from '../../config/installation.ts'
import { isLoopbackHost } from '../../platform/network.ts'
import { type Finding, fail, ok, warn } from './check.ts'

/** The settings where they can be used, and what is wrong with them where not. */
export const checkSettings = (): { readonly config: Config | undefined; readonly findings: readonly Finding[] } => {
  try {
    return { config: inspectConfig(), findings: [ok('settings', 'every setting is understood')] }
  } catch (error) {
    const problems = error instanceof ConfigError ? error.problems : [(error as Error).message]
    return { config: undefined, findings: problems.map((problem) => fail('settings', problem)) }
  }
}

/** Whether the address that people use, the one that is listened on and the proxies fit together. */
export const checkPublicUrl = ({ publicUrl, isPublicUrlSet, host, port, trustedProxies }: Config): Finding => {
  const url = new URL(publicUrl)
  const isReachable = !isLoopbackHost(host)
  if (url.protocol === 'https:' && trustedProxies.length === 0)
    return warn(
      'public URL',
      `${publicUrl}, but no reverse proxy is trusted`,
      'Set TRUSTED_PROXIES to the address of the proxy that ends TLS, or all clients behind it share one budget of failures.',
    )
  if (url.protocol === 'https:') return ok('public URL', publicUrl)
  if (isReachable)
    return warn(
      'public URL',
      `HOST ${host} may be reached by others, but ${isPublicUrlSet ? publicUrl : 'PUBLIC_URL is not set and'} means this machine alone`,
      'Set PUBLIC_URL to the https origin that people use, with a reverse proxy in front; or HOST to 127.0.0.1.',
    )
  if (url.port !== '' && Number(url.port) !== port)
    return warn(
      'public URL',
      `${publicUrl} names another port than PORT ${port}`,
      'Correct PUBLIC_URL or PORT, unless something forwards the port.',
    )
  return ok('public URL', `${publicUrl} (this machine alone)`)
}
