const schemeForm = /^([A-Za-z][A-Za-z0-9+.-]*):/
const printable = /^[\x21-\x7e]+$/
const lengthMax = 2000
const reverseDomain = /^[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$/
// What a server behind the redirect decodes must not become another path, or a line of a header.
const brokenEncoding = /%(?![0-9a-f]{2})/i
const encodedControl = /%([01][0-9a-f]|7f)/i
const encodedSlash = /%(2f|5c)/i

const isLoopback = (hostname: string): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)

const problemOfWebUrl = (uri: string, url: URL): string | undefined => {
  if (!/^https?:\/\/[^/]/i.test(uri) || url.hostname === '') return 'must name a host after two slashes'
  // What a parser mends, such as dots in the path or letters of another alphabet in the host, a browser would read differently than a comparison does.
  const written = uri.slice(uri.indexOf('//') + 2).split(/[/?]/)[0] ?? ''
  if (url.host !== written.toLowerCase() && url.host !== written.toLowerCase().replace(/:(80|443)$/, ''))
    return 'must write its host plainly'
  return url.protocol === 'http:' && !isLoopback(url.hostname) ? 'must use https, except on a loopback address' : undefined
}

const problemOfPrivateScheme = (uri: string, scheme: string, applicationType: string): string | undefined => {
  if (!reverseDomain.test(scheme))
    return 'must use https, http on a loopback address, or a private-use scheme in reverse domain form such as com.example.app'
  // RFC 8252 section 7.1: no naming authority, so a single slash follows the scheme; two are widespread.
  if (uri[scheme.length + 1] !== '/') return 'must have a slash after its private-use scheme'
  return applicationType === 'native' ? undefined : 'may use a private-use scheme only for a native application'
}

/**
 * What is wrong with a redirect URI at registration, or undefined (RFC 6749 section 3.1.2, RFC 8252 section 7, RFC 9700 section 2.1). An allowlist: https, http on
 * loopback literals, and private-use schemes for native applications.
 */
export const problemOfRedirectUri = (uri: string, applicationType: 'web' | 'native'): string | undefined => {
  if (uri.length > lengthMax) return `is longer than ${lengthMax} characters`
  if (!printable.test(uri) || /["<>\\^`{|}*]/.test(uri))
    return 'must be a plain URI: no spaces, wildcards, backslashes or letters beyond ASCII'
  const scheme = schemeForm.exec(uri)?.[1]?.toLowerCase()
  if (scheme === undefined || !URL.canParse(uri)) return 'must be an absolute URI'
  if (uri.includes('#')) return 'must have no fragment'
  const url = new URL(uri)
  if (url.username !== '' || url.password !== '' || /^[a-z]+:\/\/[^/?]*@/i.test(uri)) return 'must have no user information'
  if (/(^|\/|;)(\.|%2e){1,2}(\/|;|$|\?)/i.test(uri.slice(scheme.length + 3))) return 'must have no dot segments in its path'
  if (brokenEncoding.test(uri)) return 'must have two hexadecimal digits after each percent sign'
  if (encodedControl.test(uri)) return 'must have no control characters, encoded ones neither'
  if (encodedSlash.test(uri.split('?')[0] ?? '')) return 'must have no encoded slashes in its path'
  return scheme === 'https' || scheme === 'http' ? problemOfWebUrl(uri, url) : problemOfPrivateScheme(uri, scheme, applicationType)
}

/** What is wrong with a URI that the platform itself will call or link to, or undefined. */
export const problemOfWebUri = (uri: string): string | undefined => {
  const scheme = schemeForm.exec(uri)?.[1]?.toLowerCase()
  return scheme === 'https' || scheme === 'http' ? problemOfRedirectUri(uri.split('#')[0] ?? '', 'web') : 'must be an https URI'
}
