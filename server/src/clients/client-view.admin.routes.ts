import { Type } from 'typebox'
import type { EventMaker } from '../events/events.ts'
import { AppError, changedMeanwhile, conflict, notFoundError } from '../http/errors.ts'
import { builtInIds } from './built-in.ts'
import type { ClientGrant, GrantPage } from './client-grants.store.ts'
import type { ClientSearch, FoundClient } from './client-search.store.ts'
import type { ClientAdmin, Saved } from './clients.job.ts'
import type { StoredClient } from './clients.store.ts'

type Acting = { readonly permissions: ReadonlySet<string>; readonly events: EventMaker }

export type ClientRoutesDeps = {
  readonly cursorKey: Uint8Array
  readonly limit: number
  readonly search: (search: ClientSearch) => Promise<readonly FoundClient[]>
  /** Any application, the platform's own ones too. */
  readonly find: (id: string) => Promise<StoredClient | undefined>
  readonly firstSignIn: (id: string) => Promise<Date | undefined>
  readonly grants: (page: GrantPage) => Promise<readonly ClientGrant[]>
  /** What an administrator with these permissions does with applications; throws where they may not change this one. */
  readonly adminBy: (acting: Acting) => ClientAdmin
  /** Lets this process see at once what was changed. */
  readonly forget: () => void
}

export const path = '/admin/v1/clients'
export const shared = { tag: 'clients', cors: 'never', failure: 'problem', isCredential: true } as const
export const perActor = ({ limit }: ClientRoutesDeps) => ({ by: 'actor', max: limit, seconds: 60 }) as const

const instant = Type.String({ format: 'date-time' })

export const ClientBody = Type.Object({
  id: Type.String(),
  name: Type.Union([Type.String(), Type.Null()]),
  status: Type.String({ enum: ['active', 'disabled'] }),
  first_party: Type.Boolean(),
  built_in: Type.Boolean({ description: 'An application of the platform itself: it is not changed.' }),
  created_via: Type.String({ enum: ['cli', 'registration', 'console'] }),
  created_at: instant,
  updated_at: instant,
  metadata: Type.Record(Type.String(), Type.Unknown()),
  secrets: Type.Array(Type.Object({ id: Type.String(), expires_at: Type.Union([instant, Type.Null()]) })),
})

export const clientView = (client: StoredClient) => ({
  ...{ id: client.id, name: client.name, status: client.status, first_party: client.is_first_party },
  built_in: builtInIds.includes(client.id),
  created_via: client.created_via,
  created_at: client.created_at.toISOString(),
  updated_at: client.updated_at.toISOString(),
  metadata: client.metadata,
  secrets: (client.secrets ?? []).map(({ id, expires_at: at }) => ({ id, expires_at: at === null ? null : new Date(at).toISOString() })),
})

export const SavedClient = Type.Object({
  ...ClientBody.properties,
  client_secret: Type.Optional(Type.String({ description: 'In the answer that made it, and never again.' })),
})

/** What was saved, or the refusal. */
export const savedClient = (saved: Saved) => {
  if (saved.kind === 'saved')
    return {
      body: { ...clientView(saved.client), ...(saved.secret === undefined ? {} : { client_secret: saved.secret }) },
      client: saved.client,
    }
  if (saved.kind === 'invalid') throw new AppError({ status: 422, code: saved.error.replaceAll('_', '-'), detail: saved.description })
  if (saved.kind === 'taken') throw conflict('taken', 'There is an application with this id already. Choose another, or leave it out.')
  throw saved.kind === 'gone' ? notFoundError('application') : changedMeanwhile()
}

type Params = Readonly<Record<string, string>>

export const clientIdOf = (params: Params): string => {
  const id = params['id'] ?? ''
  if (id.length > 128 || id.includes('\0')) throw notFoundError('application')
  return id
}

/** The id of an application that may be changed at all. */
export const changeable = (params: Params): string => {
  const id = clientIdOf(params)
  if (builtInIds.includes(id)) throw conflict('built-in-client', 'This application belongs to the platform. It is not changed or removed.')
  return id
}
