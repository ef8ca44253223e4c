import { type TObject, Type } from 'typebox'
import { empty } from '../http/content.ts'
import { AppError, invalid, notFoundError } from '../http/errors.ts'
import { nextMember, pageQuery, readPage } from '../http/page.ts'
import { type AnyRoute, route } from '../http/route.ts'
import { mailLanguages } from '../mail/mail.ts'
import { checkEmail, type Identifier } from '../users/users.ts'
import { readInvitationList } from './invitation-list.ts'
import type { InvitationRow, NewInvitation, OrganizationInvitations } from './invitations.job.ts'
import type { Acting } from './organizations.job.ts'
import { refusalError } from './refusals.routes.ts'
import { chosenRoles, id, instant, orNull } from './schemas.ts'
import { type Side, uuidIn } from './side.routes.ts'

export type InvitationRoutesDeps = {
  readonly invitations: OrganizationInvitations
  readonly cursorKey: Uint8Array
  /** Draws a QR code as one SVG path over a square of `size` units. */
  readonly drawQrCode: (text: string) => { readonly path: string; readonly size: number }
}

const daySeconds = 86_400
const linesMax = 200
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

const InvitationBody = Type.Object({
  id,
  email: Type.String(),
  roles: Type.Array(Type.String()),
  status: Type.String({ enum: ['pending', 'accepted', 'revoked', 'expired'] }),
  created_at: instant,
  sent_at: instant,
  expires_at: instant,
  user_id: orNull(Type.String({ description: 'Who accepted it.' })),
})
const SentBody = Type.Object({
  ...InvitationBody.properties,
  link: orNull(Type.String({ description: 'To pass on by oneself, where it was asked for. It is shown once and proves no address.' })),
  qr: orNull(Type.String({ description: 'The same as a QR code, in SVG.' })),
})

const howSent = {
  roles: Type.Optional(chosenRoles),
  language: Type.Optional(Type.String({ enum: mailLanguages.map(({ tag }) => tag), description: 'Of the mail; English where absent.' })),
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90, description: 'How long it is good; 7 where absent.' })),
}
const wantsLink = { with_link: Type.Optional(Type.Boolean({ description: 'Answer with a link and its QR code as well.' })) }
const NewInvitationBody = Type.Object(
  { email: Type.String({ maxLength: 320 }), ...howSent, ...wantsLink },
  { additionalProperties: false, examples: [{ email: 'alice@example.com', roles: ['administrator'], with_link: true }] },
)
// A link that proves nothing is for the operator to pass on: an organization's own people reach whoever reads the address.
const withLinkFor = <S extends TObject>(side: Side, schema: S): S =>
  side.kind === 'tenant' ? schema : (Type.Omit(schema, ['with_link'], { additionalProperties: false }) as unknown as S)

const Again = Type.Object(wantsLink, { additionalProperties: false })
const BulkBody = Type.Object(
  {
    list: Type.String({
      minLength: 1,
      maxLength: 131_072,
      description: 'Addresses by line, comma or semicolon, or CSV whose first line names the columns email and roles; at most 200.',
    }),
    ...howSent,
    dry_run: Type.Optional(Type.Boolean({ description: 'Only say what is recognised; nobody is invited.' })),
  },
  {
    additionalProperties: false,
    examples: [{ list: 'email,roles\nalice@example.com,administrator\nbob@example.com,', roles: ['member'] }],
  },
)

const view = (row: InvitationRow) => ({
  ...{ id: row.id, email: row.email, roles: [...row.roles], status: row.status, user_id: row.user_id },
  created_at: row.created_at.toISOString(),
  sent_at: row.sent_at.toISOString(),
  expires_at: row.expires_at.toISOString(),
})

type Which = { readonly organizationId: string; readonly id: string }

const shownInvitation = async ({ invitations }: InvitationRoutesDeps, which: Which) => {
  const row = await invitations.find(which)
  if (row === undefined) throw notFoundError('invitation')
  return view(row)
}

const svgOf = ({ path, size }: ReturnType<InvitationRoutesDeps['drawQrCode']>): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`

const sentView = async (deps: InvitationRoutesDeps, which: Which, link: string | undefined) => ({
  ...(await shownInvitation(deps, which)),
  link: link ?? null,
  qr: link === undefined ? null : svgOf(deps.drawQrCode(link)),
})

type HowSent = { readonly roles?: string[]; readonly language?: string; readonly days?: number }

const planOf = (email: Identifier, { roles, language, days }: HowSent): Omit<NewInvitation, 'organizationId' | 'printsLink'> => ({
  ...{ email, roles: roles ?? ['member'], language: language ?? 'en' },
  lifeSeconds: (days ?? 7) * daySeconds,
})

const list = (side: Side, { invitations, cursorKey: key }: InvitationRoutesDeps): AnyRoute =>
  route({
    ...side.shared,
    method: 'GET',
    path: `${side.path}/:id/invitations`,
    summary: 'Invitations to an organization, the newest first',
    auth: side.auth('members:read'),
    limit: side.perActor,
    audit: { none: 'reads only' },
    request: { query: Type.Object(pageQuery, { additionalProperties: false }) },
    responses: { 200: Type.Object({ invitations: Type.Array(InvitationBody), ...nextMember }) },
    handle: async (context) => {
      const { organizationId } = await side.enter(context, 'members:read')
      const { rows, next } = await readPage<InvitationRow>(context.query, {
        key,
        scope: { tenantId: context.tenantId, list: `invitations of organization ${organizationId}` },
        read: (after, limit) => invitations.list({ organizationId, before: String(after?.[0] ?? lastId), limit }),
        placeOf: (one) => [one.id],
      })
      return { status: 200, body: { invitations: rows.map(view), next } }
    },
  })

const invite = (side: Side, deps: InvitationRoutesDeps): AnyRoute =>
  route({
    ...side.shared,
    method: 'POST',
    path: `${side.path}/:id/invitations`,
    summary: 'Invite an e-mail address to an organization',
    description:
      'An account that has proved the address accepts it after signing in; anybody else makes an account by the link of the mail.',
    auth: side.auth('members:write'),
    limit: side.perActor,
    audit: { event: 'organization_invitation.sent' },
    isIdempotent: true,
    request: { body: withLinkFor(side, NewInvitationBody) },
    responses: { 201: SentBody },
    handle: async (context) => {
      const { organizationId, acting } = await side.enter(context, 'members:write')
      const { email: written, with_link: printsLink = false, ...how } = context.body
      const email = checkEmail(written)
      if (email.kind !== 'ok') throw invalid([{ type: 'value_error', loc: ['body', 'email'], msg: email.reason, input: null }])
      const sent = await deps.invitations.invite(acting, { ...planOf(email.identifier, how), organizationId, printsLink })
      if (sent.kind !== 'sent') throw refusalError(sent, 'organization')
      const which = { organizationId, id: sent.id }
      const location = `${side.path}/${organizationId}/invitations/${sent.id}`
      return { status: 201, body: await sentView(deps, which, sent.link), headers: { location } }
    },
  })

const Outcome = Type.Object({
  line: Type.Integer(),
  email: Type.String({ description: 'What stands there.' }),
  outcome: Type.String({
    enum: [
      'recognised',
      'invited',
      'not-an-address',
      'twice-in-the-list',
      'member-already',
      'invited-already',
      'unknown-role',
      'more-than-held',
    ],
  }),
  invitation_id: orNull(Type.String()),
})

const outcomes = {
  'unknown-role': 'unknown-role',
  lacking: 'more-than-held',
  'member-already': 'member-already',
  'invited-already': 'invited-already',
}
type Listed = ReturnType<typeof readInvitationList>[number]
type Bulk = { readonly organizationId: string; readonly acting: Acting; readonly how: HowSent; readonly isDry: boolean }

const inviteListed = async (
  { invitations }: InvitationRoutesDeps,
  listed: readonly Listed[],
  { organizationId, acting, how, isDry }: Bulk,
) => {
  const seen = new Set<string>()
  const results: { line: number; email: string; outcome: string; invitation_id: string | null }[] = []
  for (const { line, address, roles } of listed) {
    const at = { line, email: address.slice(0, 320), invitation_id: null }
    const email = checkEmail(address)
    if (email.kind !== 'ok') results.push({ ...at, outcome: 'not-an-address' })
    else if (seen.has(email.identifier.canonical)) results.push({ ...at, outcome: 'twice-in-the-list' })
    else {
      seen.add(email.identifier.canonical)
      if (isDry) {
        results.push({ ...at, outcome: 'recognised' })
        continue
      }
      const plan = planOf(email.identifier, { ...how, ...(roles !== undefined && { roles: [...roles].slice(0, 10) }) })
      const sent = await invitations.invite(acting, { ...plan, organizationId, printsLink: false })
      if (sent.kind === 'sent') results.push({ ...at, outcome: 'invited', invitation_id: sent.id })
      else {
        const outcome = outcomes[sent.kind as keyof typeof outcomes]
        if (outcome === undefined) throw refusalError(sent, 'organization')
        results.push({ ...at, outcome })
      }
    }
  }
  return results
}

const bulk = (side: Side, deps: InvitationRoutesDeps): AnyRoute =>
  route({
    ...side.shared,
    method: 'POST',
    path: `${side.path}/:id/invitations/bulk`,
    summary: 'Invite up to 200 addresses to an organization, pasted or as CSV',
    description: 'Each line stands for itself: the answer tells what became of it.',
    auth: side.auth('members:write'),
    limit: { by: 'actor', max: 10, seconds: 60 },
    audit: { none: 'organization_invitation.sent is written for each invitation, in the transaction that makes it' },
    isIdempotent: true,
    request: { body: BulkBody },
    responses: { 200: Type.Object({ invited: Type.Integer(), results: Type.Array(Outcome) }) },
    handle: async (context) => {
      const { organizationId, acting } = await side.enter(context, 'members:write')
      const { list: text, dry_run: isDry = false, ...how } = context.body
      const listed = readInvitationList(text)
      if (listed.length === 0 || listed.length > linesMax) {
        const detail = `The list holds ${listed.length} addresses. Send from 1 to ${linesMax} at a time; nobody was invited.`
        throw new AppError({ status: 422, code: 'bad-list', detail })
      }
      const results = await inviteListed(deps, listed, { organizationId, acting, how, isDry })
      return { status: 200, body: { invited: results.filter(({ outcome }) => outcome === 'invited').length, results } }
    },
  })

const resend = (side: Side, deps: InvitationRoutesDeps): AnyRoute =>
  route({
    ...side.shared,
    method: 'POST',
    path: `${side.path}/:id/invitations/:invitationId/resend`,
    summary: 'Send an invitation again, with a new link and its whole time; the links before are dead',
    auth: side.auth('members:write'),
    limit: side.perActor,
    audit: { event: 'organization_invitation.resent' },
    request: { body: withLinkFor(side, Again) },
    responses: { 200: SentBody },
    handle: async (context) => {
      const { organizationId, acting } = await side.enter(context, 'members:write')
      const which = { organizationId, id: uuidIn(context.params, 'invitationId', 'invitation') }
      const sent = await deps.invitations.resend(acting, { ...which, printsLink: context.body.with_link ?? false })
      if (sent.kind !== 'sent') throw refusalError(sent, 'invitation')
      return { status: 200, body: await sentView(deps, which, sent.link) }
    },
  })

const revoke = (side: Side, { invitations }: InvitationRoutesDeps): AnyRoute =>
  route({
    ...side.shared,
    method: 'DELETE',
    path: `${side.path}/:id/invitations/:invitationId`,
    summary: 'Take an invitation back: its link is dead at once',
    auth: side.auth('members:write'),
    limit: side.perActor,
    audit: { event: 'organization_invitation.revoked' },
    responses: { 204: empty },
    handle: async (context) => {
      const { organizationId, acting } = await side.enter(context, 'members:write')
      const outcome = await invitations.revoke(acting, { organizationId, id: uuidIn(context.params, 'invitationId', 'invitation') })
      if (outcome.kind !== 'done') throw refusalError(outcome, 'invitation')
      return { status: 204, body: undefined }
    },
  })

/** Invitations to an organization. */
export const invitationRoutes = (side: Side, deps: InvitationRoutesDeps): readonly AnyRoute[] => [
  list(side, deps),
  invite(side, deps),
  bulk(side, deps),
  resend(side, deps),
  revoke(side, deps),
]
