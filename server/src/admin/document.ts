/** One thing of a configuration, such as an application, without its secrets. */
export type Item = Readonly<Record<string, unknown>>

/** A configuration: sections of things by their keys; null stands for a thing that is not to be there. */
export type ConfigDocument = Readonly<Record<string, Readonly<Record<string, Item | null>>>>

/** A leaf of a thing that differs; undefined where it is not there. */
export type Difference = { readonly at: string; readonly before: unknown; readonly after: unknown }

export type Change = {
  readonly section: string
  readonly key: string
  readonly kind: 'create' | 'change' | 'delete'
  readonly differences: readonly Difference[]
}

/** What is wrong at a place of a document. */
export type ConfigProblem = { readonly at: readonly string[]; readonly sentence: string; readonly isForbidden: boolean }

const isObject = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value)

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, sorted(member)]))
}

/** The one text of a JSON value: members in the order of their names. */
export const canonical = (value: unknown): string => JSON.stringify(sorted(value)) ?? 'null'

export const isSame = (left: unknown, right: unknown): boolean => canonical(left) === canonical(right)

type Leaf = readonly [at: string, value: unknown]

// A list is a leaf: what moved in it says less than the whole.
const leavesOf = (value: unknown, at: string): readonly Leaf[] =>
  isObject(value) && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([name, member]) => leavesOf(member, at === '' ? name : `${at}.${name}`))
    : [[at, value]]

const differencesOf = (before: Item | undefined, after: Item | undefined): readonly Difference[] => {
  const [were, are] = [before, after].map((item) => new Map(item === undefined ? [] : leavesOf(item, '')))
  const places = [...new Set([...(were?.keys() ?? []), ...(are?.keys() ?? [])])].sort()
  return places.flatMap((at) => {
    const [left, right] = [were?.get(at), are?.get(at)]
    return isSame(left, right) ? [] : [{ at, before: left, after: right }]
  })
}

type Compared = { readonly section: string; readonly key: string; readonly before: Item | undefined; readonly after: Item | undefined }

/** What became of a thing; undefined where nothing did. */
export const changeOf = ({ section, key, before, after }: Compared): Change | undefined => {
  if (isSame(before, after)) return undefined
  const kind = before === undefined ? 'create' : after === undefined ? 'delete' : 'change'
  return { section, key, kind, differences: differencesOf(before, after) }
}

/** How many things are made, changed and deleted. */
export const countsOf = (changes: readonly Change[]): { readonly created: number; readonly changed: number; readonly deleted: number } => {
  const count = (kind: Change['kind']): number => changes.filter((one) => one.kind === kind).length
  return { created: count('create'), changed: count('change'), deleted: count('delete') }
}

/**
 * The document that takes the configuration back to `former`: what it held, and nothing of what was made since. `since` are the changes after it, in any
 * order.
 */
export const documentBackTo = (former: ConfigDocument, since: readonly Change[]): ConfigDocument => {
  const document: Record<string, Record<string, Item | null>> = {}
  for (const [section, items] of Object.entries(former)) document[section] = { ...items }
  for (const { section, key, kind } of since) {
    if (kind !== 'create' || Object.hasOwn(former[section] ?? {}, key)) continue
    document[section] = { ...document[section], [key]: null }
  }
  return document
}

/** The document that takes back what was changed: of each thing what it was before the first of the changes, which come in their order. */
export const documentOfFormer = (formers: readonly ConfigDocument[]): ConfigDocument => {
  const document: Record<string, Record<string, Item | null>> = {}
  for (const former of formers)
    for (const [section, items] of Object.entries(former)) document[section] = { ...items, ...document[section] }
  return document
}

type ReadDocument =
  | { readonly kind: 'read'; readonly document: ConfigDocument }
  | { readonly kind: 'refused'; readonly problems: readonly ConfigProblem[] }

const problemAt = (at: readonly string[], sentence: string): ConfigProblem => ({ at, sentence, isForbidden: false })

const problemsOfSection = (name: string, items: unknown): readonly ConfigProblem[] => {
  if (!isObject(items)) return [problemAt([name], 'This must be a mapping of names to what they are.')]
  return Object.entries(items).flatMap(([key, item]) =>
    item === null || isObject(item) ? [] : [problemAt([name, key], 'This must be a mapping, or null where it is not to be there.')],
  )
}

/** Reads what a file or a request holds: the version of the format, and sections of things. */
export const readConfig = (given: unknown): ReadDocument => {
  if (!isObject(given)) return { kind: 'refused', problems: [problemAt([], 'The configuration must be a mapping of sections.')] }
  const { version, $schema: _, ...sections } = given
  const problems = [
    ...(version === 1 ? [] : [problemAt(['version'], 'The version of the format must be 1.')]),
    ...Object.entries(sections).flatMap(([name, items]) => problemsOfSection(name, items)),
  ]
  return problems.length > 0 ? { kind: 'refused', problems } : { kind: 'read', document: sections as ConfigDocument }
}

/** A document as a file holds it. */
export const writtenConfig = (document: ConfigDocument): Item => ({ version: 1, ...document })

/** Two documents as changes from one to the other. */
export const compareDocuments = (left: ConfigDocument, right: ConfigDocument): readonly Change[] =>
  [...new Set([...Object.keys(left), ...Object.keys(right)])].sort().flatMap((section) => {
    const [before, after] = [left[section] ?? {}, right[section] ?? {}]
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
    return keys.flatMap((key) => changeOf({ section, key, before: before[key] ?? undefined, after: after[key] ?? undefined }) ?? [])
  })
