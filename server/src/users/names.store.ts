import type { Tx } from '../db/database.ts'
import type { Identifier } from './identifiers.ts'

export type NameChange = {
  readonly userId: string
  readonly to: Identifier
  /** Of an address: whether it counts as proved. */
  readonly isVerified: boolean
}

/** `before` is the name that went; null where there was none. */
export type NameOutcome =
  | { readonly kind: 'replaced'; readonly before: string | null }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'taken' }

/** Puts a name in the place of those of its kind; the unique names decide between parallel calls. The account is held by the caller. */
export const replaceName = async (tenantId: string, tx: Tx, { userId, to, isVerified }: NameChange): Promise<NameOutcome> => {
  const before = await tx.text<{ written: string }>(
    'select written from identifiers where tenant_id = $1 and user_id = $2 and kind = $3 order by created_at',
    [tenantId, userId, to.kind],
  )
  if (before.length === 1 && before[0]?.written === to.written) return { kind: 'unchanged' }
  const rows = await tx.text(
    `with old as (delete from identifiers where tenant_id = $1 and user_id = $2 and kind = $3 and canonical <> $4 returning 1),
      touched as (update users set updated_at = now() where tenant_id = $1 and id = $2)
     insert into identifiers (tenant_id, user_id, kind, canonical, written, verified_at)
     values ($1, $2, $3, $4, $5, case when $6 then now() end)
     on conflict (tenant_id, kind, canonical) do update set written = excluded.written, verified_at = excluded.verified_at
     where identifiers.user_id = $2 returning user_id`,
    [tenantId, userId, to.kind, to.canonical, to.written, isVerified],
  )
  return rows.length === 0 ? { kind: 'taken' } : { kind: 'replaced', before: before[0]?.written ?? null }
}
