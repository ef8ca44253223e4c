import { prepared, type Sql } from '../../db/database.ts'
import { type EventRow, eventsParameter, insertEvents } from '../../events/events.ts'
import type { AvatarImage } from './avatar-image.ts'

export type Avatar = { readonly mediaType: string; readonly bytes: Buffer }

type Own = { readonly userId: string; readonly event: EventRow }

const save = prepared<{ hash: string }>(
  'avatars.save',
  `with saved as (
      insert into avatars (tenant_id, user_id, media_type, bytes, hash) values ($1, $2, $3, $4, $5)
      on conflict (tenant_id, user_id) do update set media_type = excluded.media_type, bytes = excluded.bytes, hash = excluded.hash, changed_at = now()
      returning hash),
    noted as (${insertEvents('$6', 'exists (select from saved)')})
  select hash from saved`,
)

const remove = prepared<{ hash: string }>(
  'avatars.remove',
  `with removed as (delete from avatars where tenant_id = $1 and user_id = $2 returning hash),
    noted as (${insertEvents('$3', 'exists (select from removed)')})
  select hash from removed`,
)

const find = prepared<{ media_type: string; bytes: Buffer }>(
  'avatars.find',
  `select a.media_type, a.bytes from avatars a join users u on u.tenant_id = a.tenant_id and u.id = a.user_id
   where a.tenant_id = $1 and a.user_id = $2 and a.hash = $3 and u.status = 'active'`,
)

/** Pictures of people. One is found by its owner and its hash together: who was not told of it cannot ask whether there is one. */
export const avatarStore = (sql: Sql) => ({
  save: async (tenantId: string, { userId, event, image, hash }: Own & { image: AvatarImage; hash: string }): Promise<void> => {
    await sql.run(save, [tenantId, userId, image.mediaType, image.bytes, hash, eventsParameter(event)])
  },
  remove: async (tenantId: string, { userId, event }: Own): Promise<boolean> =>
    (await sql.run(remove, [tenantId, userId, eventsParameter(event)])).length > 0,
  find: async (tenantId: string, { userId, hash }: { userId: string; hash: string }): Promise<Avatar | undefined> => {
    const [row] = await sql.run(find, [tenantId, userId, hash])
    return row && { mediaType: row.media_type, bytes: row.bytes }
  },
})
