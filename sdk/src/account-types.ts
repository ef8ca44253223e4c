/** The account of the person who is signed in. Times are ISO 8601 texts in UTC. */
export type Me = {
  readonly id: string
  readonly number: number
  readonly username: string | null
  readonly email: string | null
  readonly email_verified: boolean
  readonly phone: string | null
  readonly phone_verified: boolean
  readonly language: string | null
  readonly avatar_url: string | null
  readonly attributes: Readonly<Record<string, unknown>>
  /** JSON Schema of the attributes that this tenant knows. */
  readonly attribute_schema: Readonly<Record<string, unknown>>
  readonly created_at: string
  readonly deletion_due_at: string | null
  /** Whether the sign-in is fresh and strong enough for sensitive changes. */
  readonly reauthenticated: boolean
  readonly second_factor: boolean
  readonly session_id: string
}

export type Passkey = {
  readonly id: string
  readonly name: string
  readonly created_at: string
  readonly last_used_at: string | null
  readonly backed_up: boolean
}

export type Factors = {
  readonly password: { readonly set: boolean; readonly changed_at: string | null }
  readonly totp: { readonly enrolled: boolean; readonly confirmed_at: string | null }
  readonly recovery_codes: { readonly left: number }
  readonly passkeys: readonly Passkey[]
  readonly email_code: boolean
  readonly sms_code: boolean
}

/** A key for an authenticator app: as text, as its URI, and as a QR code whose `path` is drawn in a square of `size` units. */
export type TotpEnrolment = { readonly key: string; readonly uri: string; readonly qr: { readonly path: string; readonly size: number } }

export type PasskeyOptions = { readonly options: PublicKeyCredentialCreationOptionsJSON; readonly token: string }

/** What a device is told through the Signal API of WebAuthn level 3. */
export type PasskeySignal = {
  readonly rpId: string
  readonly userId: string
  readonly allAcceptedCredentialIds: readonly string[]
  readonly name: string
  readonly displayName: string
}

export type AccountSession = {
  readonly id: string
  readonly kind: 'browser' | 'api'
  readonly current: boolean
  readonly created_at: string
  readonly last_used_at: string | null
  readonly expires_at: string
  readonly ip: string | null
  /** Roughly where the address is, in the language of the request; null where nobody knows. */
  readonly place: string | null
  readonly device: string | null
  readonly amr: readonly string[]
  readonly applications: readonly string[]
}

export type Device = {
  readonly id: string
  readonly current?: boolean
  readonly first_seen_at: string
  readonly last_seen_at: string
  readonly trusted_until: string | null
}

export type ConnectedApplication = {
  readonly client_id: string
  readonly name: string | null
  readonly logo_url: string | null
  readonly scopes: readonly { readonly name: string; readonly description: string }[]
  readonly granted_at: string
  readonly last_used_at: string | null
}

export type ActivityEvent = {
  readonly id: string
  readonly at: string
  readonly type: string
  readonly sentence: string
  readonly ip: string | null
  readonly place: string | null
  readonly device: string | null
  readonly client: string | null
  readonly client_id: string | null
}

export type ActivityPage = { readonly events: readonly ActivityEvent[]; readonly next: string | null }

/** An account at another service that signs in to this one. */
export type LinkedIdentity = {
  readonly id: string
  readonly provider: { readonly id: string; readonly name: string }
  readonly issuer: string
  /** How the other service calls the person, as far as it may be shown; never the whole subject. */
  readonly subject_hint: string | null
  readonly linked_at: string
  readonly last_used_at: string | null
}
