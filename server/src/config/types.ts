import { isIP } from 'node:net'
import { parseDuration, printDuration } from '../platform/duration.ts'
import { isNetwork } from '../platform/network.ts'

/** What a setting's text may be: `parse` gives the value or a sentence that says what was expected. */
export type SettingType<T> = { readonly name: string; readonly parse: (text: string) => Parsed<T>; readonly print: (value: T) => string }
type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly expected: string }

const good = <T>(value: T): Parsed<T> => ({ ok: true, value })
const bad = (expected: string): { ok: false; expected: string } => ({ ok: false, expected })

export const integer = (minimum: number, maximum: number): SettingType<number> => ({
  name: `integer ${minimum}..${maximum}`,
  parse: (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    return value >= minimum && value <= maximum ? good(value) : bad(`a whole number from ${minimum} to ${maximum}`)
  },
  print: String,
})

export const duration = (minimum: number, maximum: number): SettingType<number> => ({
  name: `duration ${printDuration(minimum)}..${printDuration(maximum)}`,
  parse: (text) => {
    const value = parseDuration(text)
    const isFine = value !== undefined && value >= minimum && value <= maximum
    return isFine ? good(value) : bad(`a duration such as 15m from ${printDuration(minimum)} to ${printDuration(maximum)}`)
  },
  print: printDuration,
})

export const boolean: SettingType<boolean> = {
  name: 'boolean',
  parse: (text) => (text === 'true' || text === 'false' ? good(text === 'true') : bad('true or false')),
  print: String,
}

export const text = (form: RegExp, expected: string): SettingType<string> => ({
  name: 'text',
  parse: (value) => (form.test(value) ? good(value) : bad(expected)),
  print: (value) => value,
})

export const choice = <const T extends string>(...values: T[]): SettingType<T> => ({
  name: values.join(' \\| '),
  parse: (input) => {
    const found = values.find((value) => value === input)
    return found === undefined ? bad(`one of ${values.join(', ')}`) : good(found)
  },
  print: (value) => value,
})

export const countOrAuto = (maximum: number): SettingType<number | 'auto'> => ({
  name: `integer 1..${maximum} \\| auto`,
  parse: (input) => {
    if (input === 'auto') return good('auto' as const)
    const value = /^\d{1,4}$/.test(input) ? Number(input) : 0
    return value >= 1 && value <= maximum ? good(value) : bad(`auto or a whole number from 1 to ${maximum}`)
  },
  print: String,
})

const parseUrl = (input: string): URL | undefined => (URL.canParse(input) ? new URL(input) : undefined)

export const url = (...protocols: string[]): SettingType<string> => ({
  name: 'URL',
  parse: (input) => {
    const parsed = parseUrl(input)
    return parsed && protocols.includes(parsed.protocol.slice(0, -1)) ? good(input) : bad(`a URL with ${protocols.join(' or ')}`)
  },
  print: (value) => value,
})

/** `https://id.example.com`: no path, query or fragment. */
export const origin: SettingType<string> = {
  name: 'origin',
  parse: (input) => {
    const parsed = parseUrl(input)
    const isOrigin =
      parsed && ['http:', 'https:'].includes(parsed.protocol) && `${parsed.origin}/` === `${input.replace(/\/$/, '').toLowerCase()}/`
    return isOrigin ? good(parsed.origin) : bad('an origin such as https://id.example.com, without a path')
  },
  print: (value) => value,
}

const list = <T>(name: string, parseOne: (input: string) => T | undefined, expected: string): SettingType<readonly T[]> => ({
  name,
  parse: (input) => {
    const parts = input
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
    const values = parts.map(parseOne)
    return values.includes(undefined) ? bad(expected) : good(values as T[])
  },
  print: (value) => value.join(','),
})

export const networks: SettingType<readonly string[]> = list(
  'networks',
  (input) => (isNetwork(input) ? input : undefined),
  'addresses or networks with commas between, such as 10.0.0.0/8,::1',
)

/** Addresses of name servers, with a port where it is not 53. */
export const nameServers: SettingType<readonly string[]> = list(
  'name servers',
  (input) => {
    const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([0-9.]+)|([0-9A-Fa-f:]+))(?::(\d{1,5}))?$/.exec(input)
    const [, bracketed, v4, v6, port] = match ?? []
    const address = bracketed ?? v4 ?? v6
    return address !== undefined && isIP(address) !== 0 && Number(port ?? 53) <= 65_535 ? input : undefined
  },
  'addresses with commas between, such as 192.0.2.53 or [2001:db8::53]:5353',
)

export const origins: SettingType<readonly string[]> = list(
  'origins',
  (input) => {
    if (input === '*') return input
    const parsed = origin.parse(input)
    return parsed.ok ? parsed.value : undefined
  },
  '* or origins with commas between, such as https://app.example.com',
)
