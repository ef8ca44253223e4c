import { isNetwork, networkMatcher, plainAddress } from '../network.ts'

const hostForm = /^(?:[a-z0-9](?:[a-z0-9_.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::([1-9]\d{0,4}))?$/i

/** Whether the text is a host, a host with a port, an address or a network that outbound requests may be let through to. */
export const isAllowedTarget = (text: string): boolean => {
  if (isNetwork(text)) return true
  const port = hostForm.exec(text)?.[1]
  return hostForm.test(text) && (port === undefined || Number(port) <= 65_535)
}

export type AllowedTargets = {
  /** A host that is listed by name is let through at any address. */
  readonly hasHost: (hostname: string, port: number) => boolean
  readonly hasAddress: (address: string) => boolean
}

/** Reads the list that an operator wrote: `10.0.0.0/8`, `::1`, `idp.internal:8443`; a host without a port stands for port 443. */
export const allowedTargets = (list: readonly string[]): AllowedTargets => {
  const inNetworks = networkMatcher(list.filter(isNetwork))
  const hosts = new Set(
    list.filter((one) => !isNetwork(one)).map((one) => (/:\d+$/.test(one) ? one.toLowerCase() : `${one.toLowerCase()}:443`)),
  )
  return {
    hasHost: (hostname, port) => hosts.has(`${hostname.toLowerCase()}:${port}`),
    hasAddress: (address) => inNetworks(plainAddress(address)),
  }
}
