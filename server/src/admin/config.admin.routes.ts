import { type TSchema, Type } from 'typebox'
import type { EventMaker } from '../events/events.ts'
import { AppError, conflict, notFoundError } from '../http/errors.ts'
import { nextMember, pageQuery, readPage } from '../http/page.ts'
import { type Administrator, type AnyRoute, freshPermission, permission, route } from '../http/route.ts'
import { isStorable } from '../platform/storable.ts'
import {
  Change,
  Counted,
  changeView,
  proposerOf,
  refusalOfProposal,
  refusedConfig,
  shared,
  Waiting,
  waiting,
} from './changes.admin.routes.ts'
import type { Changes } from './changes.job.ts'
import type { Applied, ApplyOutcome, ConfigAdmin, ConfigInput, ConfigVersion } from './config.job.ts'
import { type ConfigDocument, countsOf, readConfig, writtenConfig } from './document.ts'

export type ConfigRoutesDeps = {
  readonly cursorKey: Uint8Array
  readonly limit: number
  /** Made anew for each request: it remembers what it fetched. */
  readonly config: () => ConfigAdmin
  readonly changes: Changes
  readonly schema: TSchema
}

const path = '/admin/v1/config'
/** A document with the logo, some hundred applications and every text of mails. */
const documentBytesMax = 2 * 1024 * 1024
const perActor = ({ limit }: ConfigRoutesDeps, max = limit) => ({ by: 'actor', max: Math.min(limit, max), seconds: 60 }) as const

const Document = Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), {
  description: 'As docs/config.schema.json has it.',
  examples: [{ version: 1, clients: { shop: { metadata: { client_name: 'Shop', redirect_uris: ['https://shop.example/callback'] } } } }],
})
const members = {
  document: Document,
  prune: Type.Optional(Type.Boolean({ description: 'Whether things go that the sections of the document do not name.' })),
}
const Plan = Type.Object(members, { additionalProperties: false })
const Apply = Type.Object(
  {
    ...members,
    plan: Type.Optional(Type.String({ maxLength: 64, description: 'The hash of a plan: it is done as planned or not at all.' })),
  },
  { additionalProperties: false },
)
const Planned = Type.Object({ plan: Type.String(), changes: Type.Array(Change), needs_approval: Type.Boolean() })
export const AppliedBody = Type.Object({
  version: Type.Union([Type.Integer(), Type.Null()], { description: 'Null where there was nothing to change.' }),
  changes: Type.Array(Change),
  secrets: Type.Array(Type.Object({ section: Type.String(), key: Type.String(), secret: Type.String() }), {
    description: 'Of what was made. Shown once.',
  }),
})
const Version = Type.Object({
  version: Type.Integer(),
  applied_at: Type.String({ format: 'date-time' }),
  via: Type.String({ enum: ['cli', 'admin'] }),
  actor: Type.Union([Type.String(), Type.Null()]),
  approval: Type.Union([Type.String(), Type.Null()], { description: 'The change that was approved, or "waived" at the machine.' }),
  ...Counted.properties,
})
const WholeVersion = Type.Object({ ...Version.properties, changes: Type.Array(Change), document: Document })

type By = { readonly actor: Administrator; readonly events: EventMaker }

// What is written on the way may not be known of before it is kept.
const actingOf = ({ actor, events }: By) => proposerOf(actor, events)

const inputOf = ({ document: given, prune = false }: { document: unknown; prune?: boolean }): ConfigInput => {
  if (!isStorable(given))
    throw refusedConfig([{ at: [], sentence: 'It must be nested in at most 32 levels and hold no U+0000.', isForbidden: false }])
  const read = readConfig(given)
  if (read.kind === 'refused') throw refusedConfig(read.problems)
  return { document: read.document, prune }
}

const staleError = (hash: string): AppError =>
  new AppError({
    status: 409,
    code: 'plan-stale',
    detail: 'Something was changed since that plan was made. Look at a new plan.',
    members: { plan: hash },
  })

export const appliedView = ({ version, changes, secrets }: Omit<Applied, 'kind' | 'version'> & { readonly version: number | null }) => ({
  ...{ version, secrets: [...secrets], changes: changes.map(changeView) },
})

const appliedReply = (outcome: ApplyOutcome) => {
  if (outcome.kind === 'applied') return { status: 200 as const, body: appliedView(outcome) }
  if (outcome.kind === 'unchanged') return { status: 200 as const, body: { version: null, changes: [], secrets: [] } }
  if (outcome.kind === 'refused') throw refusedConfig(outcome.problems)
  if (outcome.kind === 'stale') throw staleError(outcome.planned.hash)
  throw new AppError({ status: 409, code: 'approval-needed', detail: 'The tenant asks for a second person by now. Ask again.' })
}

type Applying = ConfigInput & { readonly title: string; readonly hash: string | undefined }

/** Applies, or lets it wait where the tenant asks for a second person. */
const applyOrPropose = async (deps: ConfigRoutesDeps, by: By, { title, ...input }: Applying) => {
  const [config, acting] = [deps.config(), actingOf(by)]
  if (!(await config.needsApproval())) return appliedReply(await config.apply(acting, input))
  const outcome = await deps.changes.propose(acting, { ...input, title })
  if (outcome.kind === 'proposed') return waiting(outcome.id)
  if (outcome.kind === 'unchanged') return appliedReply({ kind: 'unchanged' })
  throw refusalOfProposal(outcome)
}

const readOne = (deps: ConfigRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'The configuration as one document, of the parts that one may see',
    auth: permission('config:read'),
    limit: perActor(deps, 60),
    audit: { none: 'reads only' },
    responses: { 200: Document },
    handle: async (by) => ({ status: 200, body: writtenConfig(await deps.config().read(actingOf(by))) }),
  })

const schemaOf = (deps: ConfigRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${path}/schema`,
    summary: 'The JSON Schema of the document',
    auth: permission('config:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Type.Record(Type.String(), Type.Unknown()) },
    handle: () => ({ status: 200, body: deps.schema as unknown as Record<string, unknown> }),
  })

const plan = (deps: ConfigRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/plan`,
    summary: 'What applying a document would change, with every check of it; nothing is kept',
    auth: permission('config:write'),
    limit: perActor(deps, 60),
    audit: { none: 'changes nothing' },
    bodyBytesMax: documentBytesMax,
    request: { body: Plan },
    responses: { 200: Planned },
    handle: async ({ body, ...by }) => {
      const config = deps.config()
      const planned = await config.plan(actingOf(by), inputOf(body))
      if (planned.kind === 'refused') throw refusedConfig(planned.problems)
      const changes = planned.changes.map(changeView)
      return { status: 200, body: { plan: planned.hash, changes, needs_approval: await config.needsApproval() } }
    },
  })

const apply = (deps: ConfigRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/apply`,
    summary: 'Change the configuration to what a document says, all of it or nothing',
    description: 'What it does not name stays, null deletes. 202 where the tenant asks for two persons: it waits at /admin/v1/changes.',
    auth: freshPermission('config:write'),
    limit: perActor(deps, 30),
    audit: { none: 'config.applied or change.proposed is written where there is something to change' },
    isIdempotent: true,
    bodyBytesMax: documentBytesMax,
    request: { body: Apply },
    responses: { 200: AppliedBody, 202: Waiting },
    handle: ({ body, ...by }) => applyOrPropose(deps, by, { ...inputOf(body), hash: body.plan, title: 'configuration' }),
  })

type Params = Readonly<Record<string, string>>

const versionIn = ({ version = '' }: Params): number => {
  if (!/^[1-9]\d{0,14}$/.test(version)) throw notFoundError('version')
  return Number(version)
}

const versionView = ({ version, changes, via, actor, approval, applied_at: at }: ConfigVersion) => ({
  ...{ version, via, actor, approval, applied_at: at.toISOString() },
  ...countsOf(changes),
})

const history = (deps: ConfigRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${path}/history`,
    summary: 'When the configuration was changed, by whom and how, the newest first',
    description: 'The last thousand versions are kept.',
    auth: permission('config:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    request: { query: Type.Object(pageQuery, { additionalProperties: false }) },
    responses: { 200: Type.Object({ versions: Type.Array(Version), ...nextMember }) },
    handle: async ({ tenantId, query }) => {
      const { rows, next } = await readPage<ConfigVersion>(query, {
        key: deps.cursorKey,
        scope: { tenantId, list: 'config' },
        read: (after, limit) => deps.config().versions({ below: Number(after?.[0] ?? Number.MAX_SAFE_INTEGER), limit }),
        placeOf: ({ version }) => [version],
      })
      return { status: 200, body: { versions: rows.map(versionView), next } }
    },
  })

const visibleOf = (document: ConfigDocument, visible: ReadonlySet<string>): ConfigDocument =>
  Object.fromEntries(Object.entries(document).filter(([section]) => visible.has(section)))

const version = (deps: ConfigRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${path}/history/:version`,
    summary: 'One version: what it changed, and what that was after it',
    description: 'The document is the whole configuration where it came as a document, and for the last hundred of them.',
    auth: permission('config:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: WholeVersion },
    handle: async ({ params, actor }) => {
      const config = deps.config()
      const found = await config.version(versionIn(params))
      if (found === undefined) throw notFoundError('version')
      const visible = config.visible(actor)
      const changes = found.changes.filter(({ section }) => visible.has(section)).map(changeView)
      return { status: 200, body: { ...versionView(found), changes, document: writtenConfig(visibleOf(found.document, visible)) } }
    },
  })

const shortened =
  'What it takes to go back to this version is not kept any more: an older release wrote what came after it. Go back to a later one.'

const revert = (deps: ConfigRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/revert/:version`,
    summary: 'Go back to what the configuration was after a version',
    description: 'What later versions changed is as it was, and what they made goes. 202 where the tenant asks for two persons.',
    auth: freshPermission('config:write'),
    limit: perActor(deps, 30),
    audit: { none: 'config.applied or change.proposed is written where there is something to change' },
    responses: { 200: AppliedBody, 202: Waiting },
    handle: async ({ params, ...by }) => {
      const number = versionIn(params)
      const back = await deps.config().backTo(number)
      if (back.kind !== 'found') throw back.kind === 'gone' ? notFoundError('version') : conflict('version-shortened', shortened)
      return applyOrPropose(deps, by, { document: back.document, prune: false, hash: undefined, title: `revert to version ${number}` })
    },
  })

/** The configuration of the tenant as one document, below `/admin/v1/config`. */
export const configAdminRoutes = (deps: ConfigRoutesDeps): readonly AnyRoute[] => [
  ...[readOne(deps), schemaOf(deps), plan(deps), apply(deps)],
  ...[history(deps), version(deps), revert(deps)],
]
