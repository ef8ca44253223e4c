import { networkMatcher, plainAddress } from '../platform/network.ts'

const charactersMax = 80

// Networks of one's own, of a provider behind its translation, and of the machine: the same number stands in many places at once.
const isNowhere = networkMatcher([
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '169.254.0.0/16', '100.64.0.0/10', '0.0.0.0/8'],
  ...['::/127', 'fc00::/7', 'fe80::/10'],
])

/** The address to look up, without what IPv6 wraps around it; undefined where it says nothing about a place. */
export const locatable = (address: string): string | undefined => {
  const plain = plainAddress(address)
  return isNowhere(plain) ? undefined : plain
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined

const readable = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return undefined
  const line = value.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  return line === '' ? undefined : [...line].slice(0, charactersMax).join('')
}

/** A name in the language, written as `pt` or `pt-BR`; else undefined. */
const nameIn = (names: unknown, language: string): string | undefined => {
  const tags = typeof names === 'object' && names !== null ? Object.keys(names) : []
  const tag = tags.find((one) => one === language) ?? tags.find((one) => one.split('-')[0] === language)
  return tag === undefined ? undefined : readable(member(names, tag))
}

// The runtime knows the countries in every language; a database often in a few.
const countryByCode = (code: unknown, language: string): string | undefined => {
  if (typeof code !== 'string' || !/^[A-Z]{2}$/.test(code)) return undefined
  const name = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }).of(code)
  return name === code ? undefined : name
}

const joined: Readonly<Record<string, (city: string, country: string) => string>> = {
  ar: (city, country) => `${city}، ${country}`,
  ja: (city, country) => `${country} ${city}`,
}

/** What a record of a city or country database (GeoLite2, DB-IP Lite) says in a language, such as "Zürich, Switzerland"; undefined where it says nothing. */
export const placeName = (record: unknown, language: string): string | undefined => {
  const [city, country] = [member(record, 'city'), member(record, 'country') ?? member(record, 'registered_country')]
  const [cities, countries] = [member(city, 'names'), member(country, 'names')]
  const cityName = nameIn(cities, language) ?? nameIn(cities, 'en')
  const countryName = nameIn(countries, language) ?? countryByCode(member(country, 'iso_code'), language) ?? nameIn(countries, 'en')
  if (cityName === undefined || countryName === undefined) return cityName ?? countryName
  return joined[language]?.(cityName, countryName) ?? `${cityName}, ${countryName}`
}
