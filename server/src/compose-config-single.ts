import { proposerOf, refusalOfProposal, Waiting, waiting } from './admin/changes.admin.routes.ts'
import type { Changes } from './admin/changes.job.ts'
import type { ConfigAdmin } from './admin/config.job.ts'
import type { SingleOutcome } from './admin/config-single.job.ts'
import type { ConfigDocument } from './admin/document.ts'
import { nameOfChanged, sectionChangedBy } from './compose-config-names.ts'
import type { Parts } from './compose-config-parts.ts'
import type { Database, Tx } from './db/database.ts'
import type { EventMaker } from './events/events.ts'
import { conflict } from './http/errors.ts'
import type { Administrator, AnyReply, AnyRoute } from './http/route.ts'
import type { Algorithm } from './keys/keys.ts'

/** What routes of the configuration work with: the database, or the transaction of one request. */
export type Within = Pick<Parts, 'fetchJson' | 'ensureKey'> & {
  readonly db: Database | Tx
  /** Stands in place of a second person where the change is going to be undone and wait. */
  readonly approval: string | undefined
}

export type Configuring = Pick<Parts, 'fetchJson' | 'ensureKey'> & {
  readonly db: Database
  readonly tenantId: string
  readonly config: () => ConfigAdmin
  readonly changes: Changes
  /** Lets this process see at once what was changed. */
  readonly forget: () => void
}

type Context = Parameters<AnyRoute['handle']>[0]
type By = { readonly actor: Administrator; readonly events: EventMaker }

// What takes long, or asks other servers, is done before the transaction: the first run tells what is needed, and is undone.
const outside = ({ fetchJson, ensureKey }: Configuring) => {
  const answers = new Map<string, Promise<unknown>>()
  const keys = new Set<Algorithm>()
  const missing: (() => Promise<unknown>)[] = []
  const later = (uri: string): Promise<unknown> => {
    missing.push(() => {
      const answer = fetchJson(uri)
      answers.set(uri, answer)
      return answer.catch(() => undefined)
    })
    return Promise.reject(new Error('It is fetched before the transaction.'))
  }
  return {
    within: {
      fetchJson: (uri: string) => answers.get(uri) ?? later(uri),
      ensureKey: async (algorithm: Algorithm) => {
        if (!keys.has(algorithm)) missing.push(() => ensureKey(algorithm).then(() => keys.add(algorithm)))
      },
    },
    isMissing: () => missing.length > 0,
    provide: async () => {
      for (const one of missing.splice(0)) await one()
    },
  }
}

class Again extends Error {}

// Events of what is undone are counted nowhere.
const uncounted = (events: EventMaker) => {
  const inputs: Parameters<EventMaker['make']>[0][] = []
  const make: EventMaker['make'] = (input) => {
    inputs.push(input)
    return events.makeConditional(input)
  }
  return { events: { ...events, make }, count: () => inputs.map((input) => events.make(input)), reset: () => inputs.splice(0) }
}

const attemptsMax = 3

type Handling = { readonly deps: Configuring; readonly route: AnyRoute; readonly handlerIn: (within: Within) => AnyRoute['handle'] }

const singly = async ({ deps, route, handlerIn }: Handling, context: Context): Promise<AnyReply> => {
  const needs = outside(deps)
  const quiet = uncounted(context.events)
  const by: By = { actor: context.actor as unknown as Administrator, events: context.events }
  const named = nameOfChanged(route, { ...context, tenantId: deps.tenantId })
  const work = async (tx: Tx, approval: string | undefined): Promise<AnyReply> => {
    quiet.reset()
    let reply: AnyReply | undefined
    try {
      reply = await handlerIn({ ...needs.within, db: tx, approval })({ ...context, events: quiet.events })
    } catch (error) {
      if (!needs.isMissing()) throw error
    }
    if (reply === undefined || needs.isMissing()) throw new Again()
    return reply
  }
  for (let attempt = 0; attempt < attemptsMax; attempt += 1)
    try {
      const made = await deps.config().single(proposerOf(by.actor, quiet.events), { ...named, work })
      if (made.kind !== 'made') return await unmade(deps, by, made)
      quiet.count()
      deps.forget()
      return made.outcome
    } catch (error) {
      if (!(error instanceof Again)) throw error
      await needs.provide()
    }
  throw new Error(`${route.method} ${route.path} needs what was provided.`)
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
