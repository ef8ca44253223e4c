import { type ApiClientOptions, type Call, createApiCall } from './api-call.ts'
import type {
  InvitationsPage,
  ListedInvitations,
  Member,
  MembersPage,
  OrganizationAnswer,
  OrganizationBody,
  OrganizationDomain,
  OrganizationEventsPage,
  OrganizationInvitation,
  OrganizationLook,
  OrganizationPolicy,
  OrganizationRoles,
} from './organization-types.ts'

type ApiCall = ReturnType<typeof createApiCall>
type Page = { readonly cursor?: string | undefined; readonly limit?: number }
const at = encodeURIComponent

const pageOf = ({ cursor, limit = 50 }: Page): string =>
  String(new URLSearchParams({ limit: String(limit), ...(cursor === undefined ? {} : { cursor }) }))

const people = ({ json, nothing }: ApiCall) => ({
  /** In the order of their accounts; `cursor` is what the answer before gave as `next`. */
  members: (page: Page = {}) => json<MembersPage>({ method: 'GET', path: `/members?${pageOf(page)}` }),
  /** In place of those before. */
  setRoles: (userId: string, roles: readonly string[]) =>
    json<Member>({ method: 'PUT', path: `/members/${at(userId)}/roles`, body: { roles } }),
  removeMember: (userId: string) => nothing({ method: 'DELETE', path: `/members/${at(userId)}` }),
  roles: (signal?: AbortSignal) => json<OrganizationRoles>({ method: 'GET', path: '/roles', ...(signal && { signal }) }),
})

const invitations = ({ json, nothing }: ApiCall) => ({
  /** The newest first. */
  invitations: (page: Page = {}) => json<InvitationsPage>({ method: 'GET', path: `/invitations?${pageOf(page)}` }),
  invite: (invitation: OrganizationBody<'/invitations', 'post'>) =>
    json<OrganizationInvitation>({ method: 'POST', path: '/invitations', body: invitation }),
  /** What was pasted, or CSV; with `dry_run` nobody is invited. */
  inviteList: (list: OrganizationBody<'/invitations/bulk', 'post'>) =>
    json<ListedInvitations>({ method: 'POST', path: '/invitations/bulk', body: list }),
  resendInvitation: (id: string) => json<OrganizationInvitation>({ method: 'POST', path: `/invitations/${at(id)}/resend`, body: {} }),
  revokeInvitation: (id: string) => nothing({ method: 'DELETE', path: `/invitations/${at(id)}` }),
})

const domains = ({ json, nothing }: ApiCall) => ({
  domains: async (signal?: AbortSignal) =>
    (await json<OrganizationAnswer<'/domains', 'get'>>({ method: 'GET', path: '/domains', ...(signal && { signal }) })).domains,
  addDomain: (domain: OrganizationBody<'/domains', 'post'>) => json<OrganizationDomain>({ method: 'POST', path: '/domains', body: domain }),
  changeDomain: (id: string, change: OrganizationBody<'/domains/{domainId}', 'patch'>) =>
    json<OrganizationDomain>({ method: 'PATCH', path: `/domains/${at(id)}`, body: change }),
  /** Looks for the record now. */
  verifyDomain: (id: string) => json<OrganizationDomain>({ method: 'POST', path: `/domains/${at(id)}/verify` }),
  removeDomain: (id: string) => nothing({ method: 'DELETE', path: `/domains/${at(id)}` }),
})

/** What stands at the server, and the tag that a change is made on (`ifMatch`): on that or not at all (412 `changed-meanwhile`). */
export type Tagged<T> = { readonly body: T; readonly etag: string | undefined }
type OnTag = { readonly ifMatch: string | undefined }

const rules = ({ request, json }: ApiCall) => {
  const tagged = async <T>(call: Call): Promise<Tagged<T>> => {
    const answer = await request(call)
    return { body: (await answer.json()) as T, etag: answer.headers.get('etag') ?? undefined }
  }
  const on = ({ ifMatch }: OnTag) => (ifMatch === undefined ? {} : { headers: { 'if-match': ifMatch } })
  return {
    policy: () => tagged<OrganizationPolicy>({ method: 'GET', path: '/policy' }),
    setPolicy: (policy: OrganizationBody<'/policy', 'put'>, tag: OnTag) =>
      tagged<OrganizationPolicy>({ method: 'PUT', path: '/policy', body: policy, ...on(tag) }),
    look: () => tagged<OrganizationLook>({ method: 'GET', path: '/branding' }),
    setLook: (look: OrganizationBody<'/branding', 'put'>, tag: OnTag) =>
      tagged<OrganizationLook>({ method: 'PUT', path: '/branding', body: look, ...on(tag) }),
    /** PNG, JPEG or WebP of at most 64 KiB. */
    setLogo: (bytes: Blob, tag: OnTag) => tagged<OrganizationLook>({ method: 'PUT', path: '/branding/logo', bytes, ...on(tag) }),
    /** The newest first. */
    events: (page: Page = {}) => json<OrganizationEventsPage>({ method: 'GET', path: `/events?${pageOf(page)}` }),
  }
}

/**
 * An organization for whoever has a role in it: one function for each route, with the token of the account API.
 * Each throws `ApiError`, sensitive ones also `StepUpRequired`.
 */
export const createOrganizationClient = ({ organization, ...options }: ApiClientOptions & { readonly organization: string }) => {
  const call = createApiCall(`/organizations/v1/${at(organization)}`, options)
  return { ...people(call), ...invitations(call), ...domains(call), ...rules(call) }
}

export type OrganizationClient = ReturnType<typeof createOrganizationClient>
