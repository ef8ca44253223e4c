import { proposerOf, refusalOfProposal, Waiting, waiting } from './admin/changes.admin.routes.ts'
import type { Changes } from './admin/changes.job.ts'
import type { ConfigAdmin } from './admin/config.job.ts'
import type { SingleOutcome } from './admin/config-single.job.ts'
import type { ConfigDocument } from './admin/document.ts'
import { nameOfChanged, sectionChangedBy } from './compose-config-names.ts'
import { type Outside, providing } from './compose-config-outside.ts'
import type { Database, Tx } from './db/database.ts'
import type { EventMaker } from './events/events.ts'
import { conflict } from './http/errors.ts'
import type { Administrator, AnyReply, AnyRoute } from './http/route.ts'

/** What routes of the configuration work with: the database, or the transaction of one request. */
export type Within = Outside & {
  readonly db: Database | Tx
  /** Stands in place of a second person where the change is going to be undone and wait. */
  readonly approval: string | undefined
}

export type Configuring = Outside & {
  readonly db: Database
  readonly tenantId: string
  readonly config: () => ConfigAdmin
  readonly changes: Changes
  /** Lets this process see at once what was changed. */
  readonly forget: () => void
}

type Context = Parameters<AnyRoute['handle']>[0]
type By = { readonly actor: Administrator; readonly events: EventMaker }

// Events of what is undone are counted nowhere.
const uncounted = (events: EventMaker) => {
  const inputs: Parameters<EventMaker['make']>[0][] = []
  const make: EventMaker['make'] = (input) => {
    inputs.push(input)
    return events.makeConditional(input)
  }
  return { events: { ...events, make }, count: () => inputs.map((input) => events.make(input)), reset: () => inputs.splice(0) }
}

type Handling = { readonly deps: Configuring; readonly route: AnyRoute; readonly handlerIn: (within: Within) => AnyRoute['handle'] }

const singly = ({ deps, route, handlerIn }: Handling, context: Context): Promise<AnyReply> => {
  const quiet = uncounted(context.events)
  const by: By = { actor: context.actor as unknown as Administrator, events: context.events }
  const named = nameOfChanged(route, { ...context, tenantId: deps.tenantId })
  return providing(deps, async ({ outside, settled }) => {
    const work = (tx: Tx, approval: string | undefined): Promise<AnyReply> => {
      quiet.reset()
      return settled(async () => handlerIn({ ...outside, db: tx, approval })({ ...context, events: quiet.events }))
    }
    const made = await deps.config().single(proposerOf(by.actor, quiet.events), { ...named, work })
    if (made.kind !== 'made') return unmade(deps, by, made)
    quiet.count()
    deps.forget()
    return made.outcome
  })
}

const unrenamed =
  'The tenant asks for a second person, and a new name or address cannot wait for one: it is what a change is known by. Make another thing of that name and remove this one.'

const unmade = async (deps: Configuring, by: By, outcome: Exclude<SingleOutcome<AnyReply>, { kind: 'made' }>): Promise<AnyReply> => {
  if (outcome.kind === 'waits') return proposed(deps, by, outcome.document)
  throw outcome.kind === 'renamed' ? conflict('approval-needed', unrenamed) : refusalOfProposal({ kind: 'unchanged' })
}

const titleOf = (document: ConfigDocument): string =>
  Object.entries(document)
    .flatMap(([section, items]) => Object.keys(items).map((key) => `${section} ${key}`))
    .join(', ')

const proposed = async ({ changes }: Configuring, { actor, events }: By, document: ConfigDocument): Promise<AnyReply> => {
  const outcome = await changes.propose(proposerOf(actor, events), { title: titleOf(document), document, prune: false })
  if (outcome.kind === 'proposed') return waiting(outcome.id)
  throw refusalOfProposal(outcome)
}

const auditOf = ({ audit }: AnyRoute): AnyRoute['audit'] =>
  'event' in audit ? { event: [...[audit.event].flat(), 'change.proposed'] } : audit

/**
 * The routes that `make` makes, where those of the configuration keep each change as a version, in the transaction of the change; and let it wait where the
 * tenant asks for two persons. Such a route is made anew in the transaction of each request.
 */
export const configuring = (deps: Configuring, make: (within: Within) => readonly AnyRoute[]): readonly AnyRoute[] =>
  make({ ...deps, approval: undefined }).map((route, index) => {
    if (sectionChangedBy(route) === undefined) return route
    const handlerIn = (within: Within): AnyRoute['handle'] => {
      const inside = make(within)[index]
      if (inside === undefined) throw new Error(`${route.method} ${route.path} is not made again.`)
      return inside.handle
    }
    return {
      ...route,
      audit: auditOf(route),
      responses: { ...route.responses, 202: Waiting },
      handle: (context) => singly({ deps, route, handlerIn }, context),
    }
  })
