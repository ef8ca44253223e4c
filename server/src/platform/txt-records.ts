import { Resolver } from 'node:dns/promises'

const timeoutMs = 3000

const isAbsence = (error: unknown): boolean => ['ENOTFOUND', 'ENODATA'].includes((error as NodeJS.ErrnoException).code ?? '')

/**
 * Looks up TXT records; the parts of a record are put together (RFC 7208 section 3.3). Empty where there are none; throws where no name server answers within
 * some seconds. `servers`: addresses to ask, with a port where it is not 53; none: those of the system.
 */
export const txtLookUp = (servers: readonly string[]) => {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 })
  if (servers.length > 0) resolver.setServers(servers)
  return async (name: string): Promise<readonly string[]> => {
    try {
      return (await resolver.resolveTxt(name)).map((parts) => parts.join(''))
    } catch (error) {
      if (isAbsence(error)) return []
      throw error
    }
  }
}
