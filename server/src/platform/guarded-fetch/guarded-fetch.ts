import { lookup } from 'node:dns/promises'
import { allowedTargets } from './allowed-targets.ts'
import { chooseAddresses, type Resolve, readTarget } from './choose-addresses.ts'
import { exchange, type Incoming } from './exchange.ts'
import { GuardedFetchError } from './guarded-fetch-error.ts'

export type GuardedRequest = {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Value of the Accept header. */
  readonly accept?: string
  readonly timeoutMs?: number
  readonly bytesMax?: number
}
/** An answer as text; one that is not UTF-8 is refused. */
export type TextAnswer = Omit<Incoming, 'bytes'> & { readonly text: string }
export type GuardedFetch = (url: string, request?: GuardedRequest) => Promise<TextAnswer>
/** The same for an answer that is no text, such as a picture. */
export type GuardedBytes = (url: string, request?: GuardedRequest) => Promise<Incoming>

export type GuardedFetchOptions = {
  /** Hosts and networks that may be reached although they are not public. */
  readonly allow: readonly string[]
  readonly resolve?: Resolve
}

const resolveByDns: Resolve = async (hostname) => (await lookup(hostname, { all: true, order: 'verbatim' })).map(({ address }) => address)

const tlsCodes = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|EPROTO$|INVALID_CA|ERROR_IN_CERT)/

const codeOf = (cause: unknown): string => (cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '')

/** No cause goes along: it can hold addresses and parts of the answer. */
const named = (cause: unknown, hostname: string, signal: AbortSignal): GuardedFetchError => {
  if (cause instanceof GuardedFetchError) return cause
  if (signal.aborted) return new GuardedFetchError('timeout', `${hostname} did not answer in time. Make it answer faster.`)
  const code = codeOf(cause)
  if (tlsCodes.test(code))
    return new GuardedFetchError('tls', `The certificate of ${hostname} was not accepted (${code}). Install one of a trusted authority.`)
  return new GuardedFetchError('unreachable', `${hostname} could not be reached (${code || 'no reason given'}). Check that it answers.`)
}

const abortion = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))

/**
 * Fetches a URL that somebody else chose, without becoming their way into this network: https, public addresses that are checked once and then
 * used, no redirects, and an end to time and size (65,536 bytes in 5 s unless said). Sends what the caller gives and nothing of its own request.
 */
export const createGuardedBytes = ({ allow, resolve = resolveByDns }: GuardedFetchOptions): GuardedBytes => {
  const allowed = allowedTargets(allow)
  return async (text, { method = 'GET', headers = {}, body, accept = '*/*', timeoutMs = 5000, bytesMax = 65_536 } = {}) => {
    const target = readTarget(text, allowed)
    const signal = AbortSignal.timeout(timeoutMs)
    const ended = abortion(signal)
    ended.catch(() => undefined)
    try {
      const addresses = await Promise.race([chooseAddresses(target, allowed, resolve), ended])
      const sent = { ...headers, accept, 'accept-encoding': 'identity', 'user-agent': 'custom-identity-platform' }
      return await exchange({ ...target, addresses }, { method, headers: sent, body, bytesMax, signal })
    } catch (cause) {
      throw named(cause, target.hostname, signal)
    }
  }
}

/** Fetches text under the same guard. */
export const createGuardedFetch = (options: GuardedFetchOptions): GuardedFetch => {
  const fetch = createGuardedBytes(options)
  return async (url, request) => {
    const { bytes, ...answer } = await fetch(url, request)
    try {
      return { ...answer, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
    } catch {
      throw new GuardedFetchError('unreadable', `${new URL(url).hostname} answers with text that is not UTF-8. Serve UTF-8.`)
    }
  }
}

/** What is wrong with a URL before anybody is asked, as a sentence; undefined where nothing. What its name leads to is looked at each time it is fetched. */
export const urlProblem = (text: string, allow: readonly string[]): string | undefined => {
  try {
    readTarget(text, allowedTargets(allow))
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
