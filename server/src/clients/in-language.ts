import type { Client, ClientWords } from './client.ts'

const members = { client_name: 'name', client_uri: 'clientUri', logo_uri: 'logoUri', policy_uri: 'policyUri', tos_uri: 'tosUri' } as const

const isMember = (name: string | undefined): name is keyof typeof members => name !== undefined && Object.hasOwn(members, name)

/** What the metadata say in further languages, by their tags in small letters; undefined where they speak one language (OpenID Connect Dynamic Client Registration 1.0 section 2.1). */
export const translationsOf = (metadata: Readonly<Record<string, unknown>>): Client['translations'] => {
  const translations: Record<string, Record<string, string>> = {}
  for (const [member, value] of Object.entries(metadata)) {
    const [name, tag] = member.split('#')
    if (tag === undefined || !isMember(name) || typeof value !== 'string') continue
    const language = tag.toLowerCase()
    translations[language] = { ...translations[language], [members[name]]: value }
  }
  return Object.keys(translations).length === 0 ? undefined : translations
}

/** A tag of a region or script, such as de-CH, does for the language where it has no words of its own. */
const wordsIn = ({ translations = {} }: Client, language: string): ClientWords => {
  const wider = Object.keys(translations)
    .filter((tag) => tag.startsWith(`${language}-`))
    .sort()
    .toReversed()
  return Object.assign({}, ...wider.map((tag) => translations[tag]), translations[language])
}

/** The client as it presents itself in a language, given by its tag in small letters; whatever has no such words stays. */
export const clientInLanguage = (client: Client, language: string): Client =>
  client.translations === undefined ? client : { ...client, ...wordsIn(client, language) }

/** Every logo of the client, in whichever language. */
export const logosOf = ({ logoUri, translations = {} }: Client): readonly string[] =>
  [logoUri, ...Object.values(translations).map((words) => words.logoUri)].flatMap((uri) => uri ?? [])
