import { Type } from 'typebox'
import type { EventMaker } from '../events/events.ts'
import { invalid } from '../http/errors.ts'
import { etagOf } from '../http/etag.ts'
import { type AnyRoute, freshPermission, route } from '../http/route.ts'
import type { Branding } from '../pages/brand/branding.ts'
import type { BrandingChange, BrandingOutcome, LogoVerdict } from './branding.job.ts'
import { BrandingSetting, shownBranding } from './branding-setting.ts'
import {
  actorName,
  assertVersion,
  perActor,
  refusedSetting,
  savedVersion,
  settingsPath,
  shared,
  versionFrom,
} from './settings.admin.routes.ts'
import type { VersionedSetting } from './settings.job.ts'

export type LogoRoutesDeps = {
  readonly limit: number
  readonly read: () => Promise<VersionedSetting<Branding>>
  readonly check: (bytes: Uint8Array) => LogoVerdict
  readonly save: (acting: Pick<EventMaker, 'make'> & { readonly actor: string }, change: BrandingChange) => Promise<BrandingOutcome>
}

const answer = (outcome: BrandingOutcome) => {
  const version = savedVersion(outcome)
  return {
    status: 200 as const,
    body: shownBranding(outcome.kind === 'saved' ? outcome.branding : {}) as never,
    headers: { etag: etagOf(version) },
  }
}

const upload = (deps: LogoRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'PUT',
    path: `${settingsPath}/branding/logo`,
    summary: 'Upload the logo, a PNG, JPEG or WebP picture of at most 64 KiB',
    description: 'SVG is refused: it can hold script. Needs If-Match with the ETag of the branding.',
    auth: freshPermission('settings:write'),
    limit: perActor(deps),
    audit: { event: 'setting.saved' },
    request: { bytes: Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary' }) },
    responses: { 200: BrandingSetting },
    handle: async ({ actor, body, headers, events }) => {
      const version = versionFrom(headers)
      if (body === undefined) throw invalid([{ type: 'missing', loc: ['body'], msg: 'Send the picture as the body', input: null }])
      const verdict = deps.check(body)
      if (verdict.kind === 'refused') throw refusedSetting([verdict.problem])
      const { logo } = verdict
      assertVersion(version, (await deps.read()).version)
      const reference = { hash: logo.hash, mediaType: logo.mediaType }
      const change = (before: Branding): Branding => ({ ...before, logo: reference })
      return answer(await deps.save({ make: events.make, actor: actorName(actor) }, { change, logo, version }))
    },
  })

/** The logo of the tenant, which stands apart from the rest of its look. */
export const logoAdminRoutes = (deps: LogoRoutesDeps): readonly AnyRoute[] => [upload(deps)]
