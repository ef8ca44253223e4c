import { Readable } from 'node:stream'
import type { EventRow } from '../events/events.ts'
import { streamed } from '../http/content.ts'
import { type AnyRoute, freshPermission, permission, route } from '../http/route.ts'
import type { ExportedUser } from './export.store.ts'
import { exportAll } from './export-lines.ts'

export type ExportRoutesDeps = {
  readonly limit: number
  readonly read: (page: { after: number; limit: number }) => Promise<readonly ExportedUser[]>
  readonly note: (event: EventRow) => Promise<void>
}

const path = '/admin/v1/users/export'
const shared = { tag: 'users', cors: 'never', failure: 'problem', isCredential: true } as const

const exportRoute = (deps: ExportRoutesDeps, withHashes: boolean): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: withHashes ? `${path}/with-password-hashes` : path,
    summary: withHashes ? 'Export all accounts with their password hashes' : 'Export all accounts, without their password hashes',
    description:
      'JSON Lines in the order of their numbers, which an import reads. It is written as it is read; one that is cut off is not whole.',
    auth: withHashes ? freshPermission('data:export') : permission('data:export'),
    limit: { by: 'actor', max: Math.min(deps.limit, 6), seconds: 60 },
    audit: { event: 'user.exported' },
    responses: { 200: streamed('application/x-ndjson') },
    handle: async ({ events }) => {
      await deps.note(events.make({ type: 'user.exported', payload: { hashes: withHashes, via: 'admin' } }))
      return { status: 200, body: Readable.from(exportAll(deps.read, withHashes)) }
    },
  })

/** The export of accounts. */
export const exportAdminRoutes = (deps: ExportRoutesDeps): readonly AnyRoute[] => [exportRoute(deps, false), exportRoute(deps, true)]
