import type { paths } from './generated/openapi.ts'

type Responses<P extends keyof paths, M extends keyof paths[P]> = paths[P][M] extends { readonly responses: infer R } ? R : never
type Json<R> = R extends { content: { readonly 'application/json': infer Body } } ? Body : never

/** What a route answers a success with, by the OpenAPI document. */
export type AnswerOf<P extends keyof paths, M extends keyof paths[P]> = {
  [S in keyof Responses<P, M>]: Json<Responses<P, M>[S]>
}[keyof Responses<P, M>]

/** What a route of the account API below `/account/v1` answers a success with, by the OpenAPI document. */
export type AccountAnswer<P extends AccountPath, M extends keyof paths[`/account/v1${P}`]> = AnswerOf<`/account/v1${P}`, M>
type AccountPath = keyof paths extends infer P ? (P extends `/account/v1${infer Below}` ? Below : never) : never

/** The account of the person who is signed in. Times are ISO 8601 texts in UTC. */
export type Me = Omit<AccountAnswer<'/me', 'get'>, 'attribute_schema'> & {
  /** JSON Schema of the attributes that this tenant knows. */
  readonly attribute_schema: Readonly<Record<string, unknown>>
}
export type Factors = AccountAnswer<'/factors', 'get'>
export type Passkey = Factors['passkeys'][number]
/** A key for an authenticator app: as text, as its URI, and as a QR code whose `path` is drawn in a square of `size` units. */
export type TotpEnrolment = AccountAnswer<'/totp', 'post'>
/** `options` are those of the Web Authentication API, whose own types say more of them. */
export type PasskeyOptions = Omit<AccountAnswer<'/passkeys/options', 'post'>, 'options'> & {
  readonly options: PublicKeyCredentialCreationOptionsJSON
}
/** What a device is told through the Signal API of WebAuthn level 3. */
export type PasskeySignal = AccountAnswer<'/passkeys/signal', 'get'>
export type AccountSession = AccountAnswer<'/sessions', 'get'>['sessions'][number]
export type Device = AccountAnswer<'/devices', 'get'>['devices'][number]
export type ConnectedApplication = AccountAnswer<'/applications', 'get'>['applications'][number]
export type ActivityPage = AccountAnswer<'/activity', 'get'>
export type ActivityEvent = ActivityPage['events'][number]
/** An account at another service that signs in to this one. */
export type LinkedIdentity = AccountAnswer<'/identities', 'get'>['identities'][number]
export type OrganizationsPage = AccountAnswer<'/organizations', 'get'>
/** An organization that the person belongs to. */
export type Membership = OrganizationsPage['organizations'][number]
export type ReceivedInvitation = AccountAnswer<'/organization-invitations', 'get'>['invitations'][number]
/** An organization that the person may join by the domain of a proved address. */
export type OrganizationOffer = AccountAnswer<'/organization-offers', 'get'>['organizations'][number]
