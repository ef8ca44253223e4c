import { type TSchema, Type } from 'typebox'
import type { EventMaker, EventRow } from '../events/events.ts'
import { AppError, changedMeanwhile, conflict, notFoundError } from '../http/errors.ts'
import { demandedVersion, etagOf } from '../http/etag.ts'
import { nextMember, pageQuery, readPage } from '../http/page.ts'
import { type AnyRoute, freshPermission, permission, route } from '../http/route.ts'
import { isStorable } from '../platform/storable.ts'
import type { SettingOutcome, SettingVersion, VersionedSetting } from './settings.job.ts'

type Verdict = { readonly kind: 'valid'; readonly value: unknown } | { readonly kind: 'refused'; readonly problems: readonly string[] }

/** One setting: how it is called in the path, where it is kept, its form on the wire, and what it may be. */
export type SettingKind = {
  readonly name: string
  readonly key: string
  readonly about: string
  readonly schema: TSchema
  /** As it is answered, whole: what was not decided is what it is by itself. */
  readonly show: (stored: unknown) => unknown
  /** What is to be kept. `present` is the value that it takes the place of, or that it once was. */
  readonly check: (given: unknown, present: unknown) => Promise<Verdict> | Verdict
  readonly also?: (make: EventMaker['make'], value: unknown) => EventRow
}

type Acting = Pick<EventMaker, 'make'> & { readonly actor: string }
type Saving = { readonly kind: SettingKind; readonly value: unknown; readonly version: string | undefined }
export type SettingSaved = SettingOutcome | { readonly kind: 'logo-gone' }

export type SettingRoutesDeps = {
  readonly cursorKey: Uint8Array
  readonly limit: number
  readonly read: (key: string) => Promise<VersionedSetting<unknown>>
  readonly save: (acting: Acting, saving: Saving) => Promise<SettingSaved>
  readonly versions: (input: { key: string; below: number; limit: number }) => Promise<readonly SettingVersion[]>
  readonly version: (input: { key: string; version: number }) => Promise<SettingVersion | undefined>
}

export const settingsPath = '/admin/v1/settings'
export const shared = { tag: 'settings', cors: 'never', failure: 'problem', isCredential: true } as const
export const perActor = ({ limit }: Pick<SettingRoutesDeps, 'limit'>) => ({ by: 'actor', max: limit, seconds: 60 }) as const

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** A setting is replaced whole, so a change has to say on what it was made (RFC 6585 section 3). */
export const versionFrom = (headers: Headers): string | undefined => {
  if (headers['if-match'] === undefined)
    throw new AppError({
      status: 428,
      code: 'precondition-required',
      detail: 'Send If-Match with the ETag of what you read, so that you replace nothing that you have not seen.',
    })
  return demandedVersion(headers)
}

/** The version that was saved, or the refusal. */
export const savedVersion = (outcome: SettingSaved): number => {
  if (outcome.kind === 'saved') return outcome.version
  if (outcome.kind === 'logo-gone') throw conflict('logo-gone', 'The logo of that version is not kept any more. Upload it again.')
  throw changedMeanwhile()
}

export const refusedSetting = (problems: readonly string[]): AppError =>
  new AppError({ status: 422, code: 'invalid-setting', detail: problems.join(' '), members: { problems } })

export const actorName = ({ kind, id }: { readonly kind: string; readonly id: string }): string => `${kind} ${id}`

/** Throws where the setting is not the one that was read any more. */
export const assertVersion = (version: string | undefined, present: number): void => {
  if (version !== undefined && version !== String(present)) throw changedMeanwhile()
}

const read = (deps: SettingRoutesDeps, kind: SettingKind): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${settingsPath}/${kind.name}`,
    summary: `${kind.about}`,
    auth: permission('settings:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: kind.schema },
    handle: async () => {
      const { value, version } = await deps.read(kind.key)
      return { status: 200, body: kind.show(value) as never, headers: { etag: etagOf(version) } }
    },
  })

const replace = (deps: SettingRoutesDeps, kind: SettingKind): AnyRoute =>
  route({
    ...shared,
    method: 'PUT',
    path: `${settingsPath}/${kind.name}`,
    summary: `${kind.about}: replace it`,
    description: 'Members that are left out go back to what they are by themselves. Needs If-Match.',
    auth: freshPermission('settings:write'),
    limit: perActor(deps),
    audit: { event: 'setting.saved' },
    request: { body: kind.schema },
    responses: { 200: kind.schema },
    handle: async ({ actor, body, headers, events }) => {
      const version = versionFrom(headers)
      if (!isStorable(body))
        throw refusedSetting(['It must be nested in at most 32 levels and hold neither U+0000 nor half of a surrogate pair.'])
      const present = await deps.read(kind.key)
      const verdict = await kind.check(body, present.value)
      if (verdict.kind === 'refused') throw refusedSetting(verdict.problems)
      assertVersion(version, present.version)
      const acting = { make: events.make, actor: actorName(actor) }
      const saved = savedVersion(await deps.save(acting, { kind, value: verdict.value, version }))
      return { status: 200, body: kind.show(verdict.value) as never, headers: { etag: etagOf(saved) } }
    },
  })

const Version = (schema: TSchema) =>
  Type.Object({
    version: Type.Integer(),
    changed_at: Type.String({ format: 'date-time' }),
    via: Type.String({ enum: ['cli', 'admin', 'unknown'] }),
    actor: Type.Union([Type.String(), Type.Null()], { description: 'As in the events, such as "user {id}"; null for the command line.' }),
    value: schema,
  })

const history = (deps: SettingRoutesDeps, kind: SettingKind): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${settingsPath}/${kind.name}/history`,
    summary: `${kind.about}: what it was, the newest first`,
    description: 'The last hundred versions are kept.',
    auth: permission('settings:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    request: { query: Type.Object(pageQuery, { additionalProperties: false }) },
    responses: { 200: Type.Object({ versions: Type.Array(Version(kind.schema)), ...nextMember }) },
    handle: async ({ tenantId, query }) => {
      const { rows, next } = await readPage<SettingVersion>(query, {
        key: deps.cursorKey,
        scope: { tenantId, list: `setting ${kind.key}` },
        read: (after, limit) => deps.versions({ key: kind.key, below: Number(after?.[0] ?? Number.MAX_SAFE_INTEGER), limit }),
        placeOf: ({ version }) => [version],
      })
      const versions = rows.map(({ version, value, via, actor, changed_at: at }) => ({
        ...{ version, via, actor, changed_at: at.toISOString() },
        value: kind.show(value) as never,
      }))
      return { status: 200, body: { versions, next } }
    },
  })

const revert = (deps: SettingRoutesDeps, kind: SettingKind): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${settingsPath}/${kind.name}/revert/:version`,
    summary: `${kind.about}: set a former version again`,
    description: 'It is checked as a new one and becomes the newest version. Needs If-Match.',
    auth: freshPermission('settings:write'),
    limit: perActor(deps),
    audit: { event: 'setting.saved' },
    responses: { 200: kind.schema },
    handle: async ({ actor, params, headers, events }) => {
      const wanted = /^[1-9]\d{0,14}$/.test(params['version'] ?? '') ? Number(params['version']) : undefined
      const former = wanted === undefined ? undefined : await deps.version({ key: kind.key, version: wanted })
      if (former === undefined) throw notFoundError('version')
      const version = versionFrom(headers)
      const verdict = await kind.check(kind.show(former.value), former.value)
      if (verdict.kind === 'refused') throw refusedSetting(verdict.problems)
      assertVersion(version, (await deps.read(kind.key)).version)
      const acting = { make: events.make, actor: actorName(actor) }
      const saved = savedVersion(await deps.save(acting, { kind, value: verdict.value, version }))
      return { status: 200, body: kind.show(verdict.value) as never, headers: { etag: etagOf(saved) } }
    },
  })

/** Settings of the tenant, below `/admin/v1/settings`: each is read, replaced, looked back on and reverted. */
export const settingsAdminRoutes = (deps: SettingRoutesDeps, kinds: readonly SettingKind[]): readonly AnyRoute[] =>
  kinds.flatMap((kind) => [read(deps, kind), replace(deps, kind), history(deps, kind), revert(deps, kind)])
