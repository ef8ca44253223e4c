import type { EventRow, PersonalDataState } from '../../events/events.ts'
import type { Doors } from '../../login/login.ts'
import type { PersonSessions } from '../../sessions/sessions.ts'
import type { accountStore } from './account.store.ts'
import type { applicationStore } from './applications.store.ts'
import type { AvatarImage } from './avatar-image.ts'
import type { avatarStore } from './avatars.store.ts'
import type { PersonExport } from './person-export.ts'

type Attributes = Readonly<Record<string, unknown>>

type ProfileChange = {
  readonly set: Attributes
  readonly address: Attributes
  readonly unset: readonly string[]
  readonly isEmailVerified: undefined
  readonly eventOf: (attributes: readonly string[]) => EventRow
}

type ProfileOutcome =
  | { readonly kind: 'done' | 'unchanged' | 'gone' }
  | { readonly kind: 'invalid'; readonly problems: readonly { readonly attribute: string; readonly sentence: string }[] }

/** An event as a page of the activity shows it; `at` in RFC 3339 with microseconds. */
export type ActivityEvent = {
  readonly id: string
  readonly at: string
  readonly type: string
  readonly ip: string | null
  readonly user_agent: string | null
  readonly personal_data: PersonalDataState
  readonly client_id: string | null
}

type ActivitySearch = {
  readonly userId: string
  readonly after?: { readonly at: string; readonly id: string } | undefined
  readonly limit: number
  readonly order: 'newest'
}

type PictureEncoder = (
  bytes: Uint8Array,
) => Promise<{ readonly kind: 'encoded'; readonly image: AvatarImage } | { readonly kind: 'unreadable' | 'busy' | 'unavailable' }>

/** What the account of a person is shown and changed with. */
export type AccountDeps = {
  readonly issuer: string
  readonly doors: Doors
  readonly account: ReturnType<typeof accountStore>
  readonly avatars: ReturnType<typeof avatarStore>
  readonly sessions: PersonSessions
  readonly applications: ReturnType<typeof applicationStore>
  readonly changeProfile: (userId: string, change: ProfileChange) => Promise<ProfileOutcome>
  /** The tenant's JSON Schema of attributes. */
  readonly readSchema: (tenantId: string) => Promise<unknown>
  readonly searchEvents: (tenantId: string, search: ActivitySearch) => Promise<readonly ActivityEvent[]>
  /** The organizations in which the person is the only owner who can sign in. */
  readonly ownedAlone: (tenantId: string, userId: string) => Promise<readonly { readonly id: string; readonly name: string }[]>
  readonly exportPerson: PersonExport
  readonly findClient: (tenantId: string, id: string) => Promise<{ readonly name?: string | undefined } | undefined>
  /** Makes a picture anew, of pixels alone. */
  readonly encodePicture: PictureEncoder
  /** Roughly where an address is, in a language. */
  readonly findPlace: (address: string | null, language: string) => string | undefined
  /** Signs the cursors of pages. */
  readonly cursorKey: Uint8Array
  /** Tells this node and its siblings at once that a session has ended. */
  readonly announceEnd: (tenantId: string, sessionId: string) => void
  /** Requests of a person in a minute, to each route. */
  readonly limit: number
}
