import { readFile } from 'node:fs/promises'
import { type Command, InvalidArgumentError } from 'commander'
import { type AttributeChange, type AttributeProblem, type Attributes, changeAttributes } from '../users/profile.job.ts'
import { CliError } from './errors.ts'
import { plain } from './output.ts'

const texts = {
  givenName: 'given_name',
  familyName: 'family_name',
  name: 'name',
  middleName: 'middle_name',
  nickname: 'nickname',
  profile: 'profile',
  picture: 'picture',
  website: 'website',
  gender: 'gender',
  birthdate: 'birthdate',
  zoneinfo: 'zoneinfo',
  locale: 'locale',
  phoneNumber: 'phone_number',
} as const

const members = {
  addressFormatted: 'formatted',
  streetAddress: 'street_address',
  locality: 'locality',
  region: 'region',
  postalCode: 'postal_code',
  country: 'country',
} as const

type Pair = readonly [name: string, value: unknown]

export type AttributeOptions = { readonly [K in keyof typeof texts | keyof typeof members]?: string } & {
  readonly phoneNumberVerified?: boolean
  readonly emailVerified?: boolean
  readonly attribute?: readonly Pair[]
  readonly attributesFile?: string
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** `key=value`; the value is JSON where it reads as JSON, otherwise text. */
const attributePair = (text: string, before: readonly Pair[] = []): readonly Pair[] => {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('Give it as name=value.')
  const name = text.slice(0, at)
  if (before.some(([one]) => one === name)) throw new InvalidArgumentError(`"${plain(name)}" is given twice.`)
  return [...before, [name, parsed(text.slice(at + 1))]]
}

/** The options that give a person's attributes: those of OpenID Connect Core section 5.1 by name, any other as name=value. */
export const withAttributes = (command: Command): Command =>
  command
    .option('--given-name <text>', 'given name')
    .option('--family-name <text>', 'family name')
    .option('--name <text>', 'full name, as it is shown')
    .option('--middle-name <text>', 'middle name')
    .option('--nickname <text>', 'casual name')
    .option('--profile <url>', 'profile page')
    .option('--picture <url>', 'picture')
    .option('--website <url>', 'web page or blog')
    .option('--gender <text>', 'gender')
    .option('--birthdate <date>', 'YYYY-MM-DD, 0000-MM-DD or YYYY')
    .option('--zoneinfo <zone>', 'time zone, such as Europe/Berlin')
    .option('--locale <tag>', 'language, such as de-CH')
    .option('--phone-number <number>', 'telephone number in E.164, such as +4930123456')
    .option('--phone-number-verified', 'the telephone number is theirs')
    .option('--address-formatted <text>', 'the whole address, in lines')
    .option('--street-address <text>', 'street and house number')
    .option('--locality <text>', 'town')
    .option('--region <text>', 'state or region')
    .option('--postal-code <text>', 'postal code')
    .option('--country <text>', 'country')
    .option('--attribute <name=value>', 'any attribute of the schema; the value is JSON where it reads as JSON. Repeatable', attributePair)
    .option('--attributes-file <file>', 'a JSON object of attributes; the other options come after it')

const readAttributesFile = async (path: string | undefined): Promise<Readonly<Record<string, unknown>>> => {
  if (path === undefined) return {}
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw new CliError(`The attributes file cannot be read (${(error as NodeJS.ErrnoException).code}). Check its path and permissions.`)
  }
  const value = parsed(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new CliError('The attributes file is not a JSON object. Write {"name": value, ...}.')
  return value as Readonly<Record<string, unknown>>
}

const pairsOf = (names: Readonly<Record<string, string>>, options: AttributeOptions): readonly Pair[] =>
  Object.entries(names).flatMap(([option, name]) => {
    const value = options[option as keyof AttributeOptions]
    return value === undefined ? [] : [[name, value] as const]
  })

/** The change that the options ask for; what is given twice on the command line is refused. */
export const attributeChangeOf = async (options: AttributeOptions, unset: readonly string[] = []): Promise<AttributeChange> => {
  const { phoneNumberVerified: isVerified, attribute = [], attributesFile } = options
  const named = [...pairsOf(texts, options), ...(isVerified === undefined ? [] : [['phone_number_verified', isVerified] as const])]
  const address = pairsOf(members, options)
  const taken = new Set([...named.map(([name]) => name), ...unset, ...(address.length === 0 ? [] : ['address'])])
  const twice = [...attribute.filter(([name]) => taken.has(name)), ...named.filter(([name]) => unset.includes(name))]
  if (twice.length > 0)
    throw new CliError(`${[...new Set(twice.map(([name]) => `"${plain(name)}" is given twice. Give it once.`))].join('\n')}`, 2)
  const file = await readAttributesFile(attributesFile)
  return { set: Object.fromEntries([...Object.entries(file), ...attribute, ...named]), address: Object.fromEntries(address), unset }
}

/** The attributes of a user that is being created. */
export const wantedAttributes = async (options: AttributeOptions): Promise<Attributes> =>
  changeAttributes({}, await attributeChangeOf(options)).after

export const attributeProblems = (problems: readonly AttributeProblem[]): readonly string[] =>
  problems.map(({ attribute, sentence }) => `${plain(attribute)} ${sentence}`)

/** Attributes for a person's eyes, the members of an object one by one. */
export const attributeFacts = (attributes: Readonly<Record<string, unknown>>): (readonly [string, string])[] =>
  Object.entries(attributes).flatMap(([name, value]) =>
    name === 'address' && typeof value === 'object' && value !== null
      ? Object.entries(value).map(([member, text]) => [`address.${member}`, shown(text)] as const)
      : [[name, shown(value)] as const],
  )

const shown = (value: unknown): string => (typeof value === 'string' ? value.replaceAll(/\r?\n/g, ', ') : JSON.stringify(value))
