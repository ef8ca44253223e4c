import { type Static, Type } from 'typebox'
import { changedMeanwhile, invalid, notFoundError, type ValidationProblem } from '../http/errors.ts'
import { demandedVersion, etagOf } from '../http/etag.ts'
import { type AnyRoute, route } from '../http/route.ts'
import { logoTypes } from '../pages/brand/branding.ts'
import { checkBranding } from '../pages/brand/check-branding.ts'
import type { LookAdmin, LookOutcome, Picture, VersionedLook } from './branding.job.ts'
import { type Look, organizationLogoPath } from './look.ts'
import { orNull } from './schemas.ts'
import type { Side } from './side.routes.ts'

export type LookRoutesDeps = {
  readonly looks: LookAdmin
  readonly checkLogo: (
    bytes: Uint8Array,
  ) => { readonly kind: 'valid'; readonly logo: Picture } | { readonly kind: 'refused'; readonly problem: string }
  /** Below which path the pages of the tenant are. */
  readonly basePath: string
}

const Logo = Type.Union(
  [
    Type.Object({
      hash: Type.String({ maxLength: 64 }),
      media_type: Type.Unsafe<(typeof logoTypes)[number]>({ type: 'string', enum: [...logoTypes] }),
      url: Type.Optional(Type.String({ maxLength: 512, description: 'Where the picture is; not looked at in a request.' })),
    }),
    Type.Null(),
  ],
  { description: 'It is uploaded by itself. Null takes it away; otherwise it is the present one.' },
)

const LookBody = Type.Object(
  {
    display_name: orNull(Type.String({ minLength: 1, maxLength: 100 })),
    accent: orNull(Type.String({ maxLength: 16, description: 'A colour such as "#0a6b5c", which can be read on the card.' })),
    background: Type.Union([Type.String({ maxLength: 16 }), Type.Object({ light: Type.String(), dark: Type.String() }), Type.Null()], {
      description: '"plain", "gradient", a colour, or {"light": ..., "dark": ...}.',
    }),
    logo: Logo,
  },
  {
    additionalProperties: false,
    description: 'Null: as the pages of the tenant look.',
    examples: [{ display_name: 'Acme', accent: '#1f4fd8', background: 'plain', logo: null }],
  },
)
const Shown = Type.Object({ ...LookBody.properties, version: Type.Integer({ description: '0 where nothing was decided.' }) })

type At = { readonly basePath: string; readonly organizationId: string }

const answer = ({ basePath, organizationId }: At, { look, version }: VersionedLook) => {
  const { name, accent, background, logo } = look
  const shown: Static<typeof Shown> = {
    display_name: name ?? null,
    accent: accent?.light ?? null,
    background: background === undefined ? null : typeof background === 'string' ? background : { ...background },
    logo:
      logo === undefined
        ? null
        : { hash: logo.hash, media_type: logo.mediaType, url: basePath + organizationLogoPath(organizationId, logo.hash) },
    version,
  }
  return { status: 200 as const, body: shown, headers: { etag: etagOf(version) } }
}

const problem = (member: string, msg: string): ValidationProblem => ({ type: 'value_error', loc: ['body', member], msg, input: null })

/** The look of a body, by the checks that the one of the tenant goes through; each problem at its member. */
const readLook = ({ display_name: name, accent, background, logo }: Static<typeof LookBody>): Look => {
  const given = { display_name: { name }, accent: { accent }, background: { background } }
  const verdicts = Object.entries(given).map(([member, part]) => ({ member, verdict: checkBranding(part) }))
  const problems = verdicts.flatMap(({ member, verdict }) =>
    verdict.kind === 'refused' ? verdict.problems.map((one) => problem(member, one)) : [],
  )
  if (problems.length > 0) throw invalid(problems)
  const checked = checkBranding({ name, accent, background })
  const look = checked.kind === 'valid' ? checked.branding : {}
  return { ...look, ...(logo === null ? {} : { logo: { hash: logo.hash, mediaType: logo.media_type } }) }
}

const done = (outcome: LookOutcome): VersionedLook => {
  if (outcome.kind === 'done') return outcome
  if (outcome.kind === 'changed') throw changedMeanwhile()
  if (outcome.kind === 'other-logo')
    throw invalid([problem('logo', 'This is not the logo that is there. Upload another one below …/branding/logo.')])
  throw notFoundError('organization')
}

const read = (side: Side, { looks, basePath }: LookRoutesDeps): AnyRoute =>
  route({
    ...side.shared,
    method: 'GET',
    path: `${side.path}/:id/branding`,
    summary: 'How the pages of an organization look',
    auth: side.auth('policy:write', 'reading'),
    limit: side.perActor,
    audit: { none: 'reads only' },
    responses: { 200: Shown },
    handle: async (context) => {
      const { organizationId } = await side.enter(context, 'policy:write')
      return answer({ basePath, organizationId }, await looks.find(organizationId))
    },
  })

const replace = (side: Side, { looks, basePath }: LookRoutesDeps): AnyRoute =>
  route({
    ...side.shared,
    method: 'PUT',
    path: `${side.path}/:id/branding`,
    summary: 'Decide how the pages of an organization look',
    description:
      'The hosted pages show it in requests for the organization. Colours that cannot be read are refused, as those of the tenant are.',
    auth: side.auth('policy:write'),
    limit: side.perActor,
    audit: { event: 'organization.branding_changed' },
    request: { body: LookBody },
    responses: { 200: Shown },
    handle: async (context) => {
      const { organizationId, acting } = await side.enter(context, 'policy:write')
      const look = readLook(context.body)
      const outcome = await looks.replace(acting, { organizationId, look, version: demandedVersion(context.headers) })
      return answer({ basePath, organizationId }, done(outcome))
    },
  })

const upload = (side: Side, { looks, checkLogo, basePath }: LookRoutesDeps): AnyRoute =>
  route({
    ...side.shared,
    method: 'PUT',
    path: `${side.path}/:id/branding/logo`,
    summary: 'Upload the logo of an organization, a PNG, JPEG or WebP picture of at most 64 KiB',
    description: 'SVG is refused: it can hold script.',
    auth: side.auth('policy:write'),
    limit: side.perActor,
    audit: { event: 'organization.branding_changed' },
    request: { bytes: Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary' }) },
    responses: { 200: Shown },
    handle: async (context) => {
      const { organizationId, acting } = await side.enter(context, 'policy:write')
      const { body, headers } = context
      if (body === undefined) throw invalid([{ type: 'missing', loc: ['body'], msg: 'Send the picture as the body', input: null }])
      const verdict = checkLogo(body)
      if (verdict.kind === 'refused') throw invalid([problem('logo', verdict.problem)])
      const outcome = await looks.upload(acting, { organizationId, picture: verdict.logo, version: demandedVersion(headers) })
      return answer({ basePath, organizationId }, done(outcome))
    },
  })

/** The look of an organization, from either side. */
export const lookRoutes = (side: Side, deps: LookRoutesDeps): readonly AnyRoute[] => [
  read(side, deps),
  replace(side, deps),
  upload(side, deps),
]
