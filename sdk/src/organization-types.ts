import type { AnswerOf } from './account-types.ts'
import type { paths } from './generated/openapi.ts'

type Base = '/organizations/v1/{id}'
type OrganizationPath = keyof paths extends infer P ? (P extends `${Base}${infer Below}` ? Below : never) : never
type Operation<P extends OrganizationPath, M extends keyof paths[`${Base}${P}`]> = paths[`${Base}${P}`][M]

/** What a route below `/organizations/v1/{id}` answers a success with, by the OpenAPI document. */
export type OrganizationAnswer<P extends OrganizationPath, M extends keyof paths[`${Base}${P}`]> = AnswerOf<`${Base}${P}`, M>
/** The JSON body that such a route reads. */
export type OrganizationBody<P extends OrganizationPath, M extends keyof paths[`${Base}${P}`]> =
  Operation<P, M> extends { readonly requestBody: { readonly content: { readonly 'application/json': infer Body } } } ? Body : never

/** An organization as its own people see it. Times are ISO 8601 texts in UTC. */
export type MembersPage = OrganizationAnswer<'/members', 'get'>
export type Member = MembersPage['members'][number]
export type OrganizationRoles = OrganizationAnswer<'/roles', 'get'>
export type OrganizationRole = OrganizationRoles['roles'][number]
export type InvitationsPage = OrganizationAnswer<'/invitations', 'get'>
export type OrganizationInvitation = InvitationsPage['invitations'][number]
/** What became of each line of a list. */
export type ListedInvitations = OrganizationAnswer<'/invitations/bulk', 'post'>
export type OrganizationDomain = OrganizationAnswer<'/domains', 'get'>['domains'][number]
/** What the organization demands of a sign-in; `tenant_methods` are those that it can name. */
export type OrganizationPolicy = OrganizationAnswer<'/policy', 'get'>
/** How the sign-in pages look to whoever signs in for the organization; null is as the tenant has it. */
export type OrganizationLook = OrganizationAnswer<'/branding', 'get'>
export type OrganizationEventsPage = OrganizationAnswer<'/events', 'get'>
export type OrganizationEvent = OrganizationEventsPage['events'][number]
