import { domainToASCII } from 'node:url'
import { parse } from 'tldts'

// Addresses of these are given to anybody: who has one belongs to no organization by it.
const mailProviders = new Set(
  `gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com mac.com aol.com proton.me protonmail.com gmx.com
   gmx.de gmx.net web.de mail.com mail.ru yandex.ru qq.com 163.com 126.com zoho.com fastmail.com tutanota.com tuta.io hey.com`.split(/\s+/),
)

export type DomainReading = { readonly kind: 'ok'; readonly domain: string } | { readonly kind: 'refused'; readonly reason: string }

const refused = (reason: string): DomainReading => ({ kind: 'refused', reason })

/** A domain that somebody can have for themselves, in lower case and ASCII (RFC 5891), or why it is none. */
export const readDomain = (text: string): DomainReading => {
  const domain = domainToASCII(text.trim().replace(/\.$/, '')).toLowerCase()
  const {
    hostname,
    publicSuffix,
    isIcann,
    isIp,
    domain: registrable,
  } = parse(domain, { allowPrivateDomains: true, validateHostname: true })
  if (domain === '' || domain.length > 253 || hostname !== domain || isIp === true)
    return refused('This is no domain. Give one such as example.com.')
  if (registrable === null || publicSuffix === domain)
    return refused('Anybody can have a name below this one. Give the domain of the organization itself.')
  if (isIcann !== true) return refused('This domain does not end in a public suffix that is known, so nobody can prove it.')
  if (mailProviders.has(domain)) return refused('Anybody can have an address of this provider. Give a domain of the organization itself.')
  return { kind: 'ok', domain }
}

/** Where the record of a domain stands (RFC 8552), and what it says. */
export const challengeRecord = (domain: string, challenge: string) => ({
  type: 'TXT' as const,
  name: `_cip-challenge.${domain}`,
  value: `cip-domain-verification=${challenge}`,
})
