import type { Tx } from '../db/database.ts'
import type { EventMaker } from '../events/events.ts'
import { trying } from './config.store.ts'
import { type Change, type ConfigDocument, type ConfigProblem, changeOf, type Item, isSame } from './document.ts'

/** Who changes the configuration, by which door, and with what that allows. `approval` where it was given, or waived at the machine. */
export type ConfigActing = {
  readonly via: 'cli' | 'admin'
  readonly make: EventMaker['make']
  readonly actor: string | undefined
  readonly permissions: ReadonlySet<string>
  readonly approval: string | undefined
}

/** `secret` is readable here alone. `at` is the place within the thing. */
export type ItemOutcome =
  | { readonly kind: 'done'; readonly secret?: string | undefined }
  | { readonly kind: 'refused'; readonly sentence: string; readonly at?: readonly string[]; readonly isForbidden?: boolean }

/** The things of a section within a transaction. */
export type SectionItems = {
  readonly list: () => Promise<ReadonlyMap<string, Item>>
  readonly find: (key: string) => Promise<Item | undefined>
  readonly save: (key: string, item: Item, before: Item | undefined) => Promise<ItemOutcome>
  /** A thing that is always there goes back to what it is by itself. */
  readonly remove: (key: string) => Promise<ItemOutcome>
}

/** A part of the configuration. `isFixed` where its things are always there. */
export type Section = {
  readonly name: string
  readonly isFixed: boolean
  readonly read: string
  readonly write: string
  readonly check: (key: string, item: Item) => readonly { readonly at: readonly string[]; readonly sentence: string }[]
  readonly items: (tx: Tx, acting: ConfigActing) => SectionItems
}

export type Secret = { readonly section: string; readonly key: string; readonly secret: string }
export type Run = {
  readonly changes: Change[]
  readonly problems: ConfigProblem[]
  readonly secrets: Secret[]
  /** Each thing that was changed as it was before; null where it was not there. */
  readonly former: Record<string, Record<string, Item | null>>
}
export type Running = {
  readonly tx: Tx
  readonly acting: ConfigActing
  readonly sections: readonly Section[]
  readonly document: ConfigDocument
  /** Whether things of the sections that the document names go where it does not name them. */
  readonly prune: boolean
}

type Opened = { readonly section: Section; readonly items: SectionItems; readonly present: ReadonlyMap<string, Item> }
type One = Opened & { readonly key: string; readonly work: () => Promise<ItemOutcome> }

const missingFor = ({ read, write }: Section, { permissions }: ConfigActing): readonly string[] =>
  [read, write].filter((one) => !permissions.has(one))

const refusalOf = (
  section: Section,
  key: string,
  { at = [], sentence, isForbidden = false }: Extract<ItemOutcome, { kind: 'refused' }>,
) => ({
  ...{ at: [section.name, key, ...at], sentence, isForbidden },
})

/** Changes one thing and sees what came of it; a refusal or a change of nothing is undone. */
const changeOne = async ({ tx, acting }: Running, run: Run, { section, items, present, key, work }: One): Promise<void> => {
  const missing = missingFor(section, acting)
  if (missing.length > 0) {
    const sentence = `This needs the permission ${missing.join(' and ')}. Ask an owner for a role that holds it.`
    run.problems.push(refusalOf(section, key, { kind: 'refused', sentence, isForbidden: true }))
    return
  }
  await trying(tx, async () => {
    const outcome = await work()
    if (outcome.kind === 'refused') {
      run.problems.push(refusalOf(section, key, outcome))
      return false
    }
    const change = changeOf({ section: section.name, key, before: present.get(key), after: await items.find(key) })
    if (change === undefined) return false
    run.changes.push(change)
    run.former[section.name] = { ...run.former[section.name], [key]: present.get(key) ?? null }
    if (outcome.secret !== undefined) run.secrets.push({ section: section.name, key, secret: outcome.secret })
    return true
  })
}

const goingOf = ({ document, prune }: Running, { section, present }: Opened): readonly string[] => {
  const wanted = document[section.name] ?? {}
  return [...present.keys()].filter((key) => (Object.hasOwn(wanted, key) ? wanted[key] === null : prune && !section.isFixed))
}

/** What is wrong with the form of a document, found without a database. */
export const problemsOfForm = ({ sections, document }: Pick<Running, 'sections' | 'document'>): readonly ConfigProblem[] => {
  const known = new Map(sections.map((section) => [section.name, section]))
  return Object.entries(document).flatMap(([name, items]) => {
    const section = known.get(name)
    if (section === undefined) {
      const sentence = `There is no section of this name. There are ${[...known.keys()].join(', ')}.`
      return [{ at: [name], sentence, isForbidden: false }]
    }
    return Object.entries(items).flatMap(([key, item]) =>
      item === null ? [] : section.check(key, item).map(({ at, sentence }) => ({ at: [name, key, ...at], sentence, isForbidden: false })),
    )
  })
}

// One order, whatever the document's: a plan and the same document out of the database have the same hash.
const inOrder = (items: ConfigDocument[string] = {}) => Object.entries(items).sort(([a], [b]) => (a < b ? -1 : 1))

/** Brings the configuration to what the document says, within the transaction: the caller keeps it or undoes it. Every problem is found at once. */
export const runDocument = async (running: Running): Promise<Run> => {
  const { tx, acting, sections, document } = running
  const run: Run = { changes: [], problems: [...problemsOfForm(running)], secrets: [], former: {} }
  if (run.problems.length > 0) return run
  const opened: Opened[] = []
  for (const section of sections.filter(({ name }) => Object.hasOwn(document, name))) {
    const items = section.items(tx, acting)
    opened.push({ section, items, present: await items.list() })
  }
  for (const one of opened)
    for (const [key, item] of inOrder(document[one.section.name])) {
      const before = one.present.get(key)
      if (item === null || (before !== undefined && isSame(before, item))) continue
      await changeOne(running, run, { ...one, key, work: () => one.items.save(key, item, before) })
    }
  // What refers to a thing goes before it.
  for (const one of opened.toReversed())
    for (const key of goingOf(running, one)) await changeOne(running, run, { ...one, key, work: () => one.items.remove(key) })
  return run
}

/** The present configuration, of the sections that may be seen. */
export const readDocument = async (tx: Tx, sections: readonly Section[], acting: ConfigActing): Promise<ConfigDocument> => {
  const document: Record<string, Record<string, Item>> = {}
  for (const section of sections.filter(({ read }) => acting.permissions.has(read)))
    document[section.name] = Object.fromEntries([...(await section.items(tx, acting).list())].sort(([a], [b]) => (a < b ? -1 : 1)))
  return document
}
