import type {
  AccountAnswer,
  ActivityPage,
  Factors,
  Me,
  OrganizationsPage,
  Passkey,
  PasskeyOptions,
  PasskeySignal,
  TotpEnrolment,
} from './account-types.ts'
import { type ApiClientOptions, createApiCall } from './api-call.ts'

type ApiCall = ReturnType<typeof createApiCall>
const at = encodeURIComponent

const profile = ({ json, nothing, blob }: ApiCall) => ({
  me: (signal?: AbortSignal) => json<Me>({ method: 'GET', path: '/me', ...(signal && { signal }) }),
  /** Null takes an attribute away. */
  changeProfile: (attributes: Readonly<Record<string, unknown>>) => json<Me>({ method: 'PATCH', path: '/profile', body: { attributes } }),
  setLanguage: (language: string | null) => json<Me>({ method: 'PUT', path: '/language', body: { language } }),
  /** PNG, JPEG or WebP of at most 64 KiB and 1,024 pixels a side. */
  setAvatar: (bytes: Blob) => json<AccountAnswer<'/avatar', 'put'>>({ method: 'PUT', path: '/avatar', bytes }),
  removeAvatar: () => nothing({ method: 'DELETE', path: '/avatar' }),
  exportData: () => blob({ method: 'GET', path: '/export' }),
  planDeletion: () => json<AccountAnswer<'/deletion', 'post'>>({ method: 'POST', path: '/deletion' }),
  keepAccount: () => nothing({ method: 'DELETE', path: '/deletion' }),
})

const addresses = ({ json, nothing }: ApiCall) => ({
  changeEmail: (email: string) => json<AccountAnswer<'/email', 'post'>>({ method: 'POST', path: '/email', body: { email } }),
  confirmEmail: (code: string) => json<Me>({ method: 'POST', path: '/email/confirm', body: { code } }),
  sendEmailVerification: () => nothing({ method: 'POST', path: '/email/verification' }),
  confirmEmailVerification: (code: string) => json<Me>({ method: 'POST', path: '/email/verification/confirm', body: { code } }),
  /** E.164, such as +4930123456. */
  changePhone: (phone: string) => nothing({ method: 'POST', path: '/phone', body: { phone } }),
  confirmPhone: (code: string) => json<Me>({ method: 'POST', path: '/phone/confirm', body: { code } }),
  removePhone: () => nothing({ method: 'DELETE', path: '/phone' }),
})

const factors = ({ json, nothing }: ApiCall) => ({
  factors: (signal?: AbortSignal) => json<Factors>({ method: 'GET', path: '/factors', ...(signal && { signal }) }),
  /** `current_password` where the account has one. Ends all other sessions. */
  changePassword: (passwords: { readonly new_password: string; readonly current_password?: string }) =>
    json<AccountAnswer<'/password', 'put'>>({ method: 'PUT', path: '/password', body: passwords }),
  startTotp: () => json<TotpEnrolment>({ method: 'POST', path: '/totp' }),
  /** Recovery codes where there were none before. */
  confirmTotp: (code: string) => json<AccountAnswer<'/totp/confirm', 'post'>>({ method: 'POST', path: '/totp/confirm', body: { code } }),
  removeTotp: () => nothing({ method: 'DELETE', path: '/totp' }),
  /** Ten new codes; the ones before are void. */
  makeRecoveryCodes: () => json<AccountAnswer<'/recovery-codes', 'post'>>({ method: 'POST', path: '/recovery-codes' }),
  passkeyOptions: () => json<PasskeyOptions>({ method: 'POST', path: '/passkeys/options' }),
  addPasskey: (passkey: { readonly token: string; readonly credential: unknown; readonly name?: string }) =>
    json<Passkey>({ method: 'POST', path: '/passkeys', body: passkey }),
  renamePasskey: (id: string, name: string) => json<Passkey>({ method: 'PATCH', path: `/passkeys/${at(id)}`, body: { name } }),
  removePasskey: (id: string) => nothing({ method: 'DELETE', path: `/passkeys/${at(id)}` }),
  passkeySignal: () => json<PasskeySignal>({ method: 'GET', path: '/passkeys/signal' }),
})

const access = ({ json, nothing }: ApiCall) => ({
  sessions: async (signal?: AbortSignal) =>
    (await json<AccountAnswer<'/sessions', 'get'>>({ method: 'GET', path: '/sessions', ...(signal && { signal }) })).sessions,
  endSession: (id: string) => nothing({ method: 'DELETE', path: `/sessions/${at(id)}` }),
  endOtherSessions: () => json<AccountAnswer<'/sessions/end-others', 'post'>>({ method: 'POST', path: '/sessions/end-others' }),
  devices: async (signal?: AbortSignal) =>
    (await json<AccountAnswer<'/devices', 'get'>>({ method: 'GET', path: '/devices', ...(signal && { signal }) })).devices,
  /** Every device is asked for the second factor again. */
  distrustDevices: () => nothing({ method: 'DELETE', path: '/devices/trust' }),
  applications: async (signal?: AbortSignal) =>
    (
      await json<AccountAnswer<'/applications', 'get'>>({
        method: 'GET',
        path: '/applications',
        ...(signal && { signal }),
      })
    ).applications,
  disconnectApplication: (clientId: string) => nothing({ method: 'DELETE', path: `/applications/${at(clientId)}` }),
  /** Newest first; `before` is the cursor of the page before. */
  identities: async (signal?: AbortSignal) =>
    (await json<AccountAnswer<'/identities', 'get'>>({ method: 'GET', path: '/identities', ...(signal && { signal }) })).identities,
  activity: ({ before, limit = 50 }: { readonly before?: string | undefined; readonly limit?: number } = {}) =>
    json<ActivityPage>({
      method: 'GET',
      path: `/activity?${new URLSearchParams({ limit: String(limit), ...(before === undefined ? {} : { before }) })}`,
    }),
})

const pageOf = ({ cursor, limit = 100 }: { readonly cursor?: string | undefined; readonly limit?: number }): string =>
  String(new URLSearchParams({ limit: String(limit), ...(cursor === undefined ? {} : { cursor }) }))

const organizations = ({ json, nothing }: ApiCall) => ({
  /** In the order of their ids; `cursor` is what the answer before gave as `next`. */
  organizations: (page: { readonly cursor?: string | undefined; readonly limit?: number } = {}) =>
    json<OrganizationsPage>({ method: 'GET', path: `/organizations?${pageOf(page)}` }),
  leaveOrganization: (id: string) => nothing({ method: 'DELETE', path: `/organizations/${at(id)}` }),
  organizationInvitations: async (signal?: AbortSignal) =>
    (
      await json<AccountAnswer<'/organization-invitations', 'get'>>({
        ...{ method: 'GET', path: '/organization-invitations' },
        ...(signal && { signal }),
      })
    ).invitations,
  acceptOrganizationInvitation: (id: string) =>
    json<AccountAnswer<'/organization-invitations/{id}/accept', 'post'>>({
      ...{ method: 'POST', path: `/organization-invitations/${at(id)}/accept` },
    }),
  organizationOffers: async (signal?: AbortSignal) =>
    (
      await json<AccountAnswer<'/organization-offers', 'get'>>({
        ...{ method: 'GET', path: '/organization-offers' },
        ...(signal && { signal }),
      })
    ).organizations,
  joinOrganization: (id: string) => nothing({ method: 'POST', path: `/organization-offers/${at(id)}/join` }),
})

/** The account API of the person who is signed in: one function for each route. Each throws `ApiError`, sensitive ones also `StepUpRequired`. */
export const createAccountClient = (options: ApiClientOptions) => {
  const call = createApiCall('/account/v1', options)
  return { ...profile(call), ...addresses(call), ...factors(call), ...access(call), ...organizations(call) }
}

export type AccountClient = ReturnType<typeof createAccountClient>
