import { prepared, type Sql, type Tx } from '../../db/database.ts'
import { type EventRow, eventsParameter, insertEvents } from '../../events/events.ts'
import { insertMessages, type MessageRow, messagesParameter } from '../../mail/mail.ts'
import { kinds, type MadeProof, type Purpose, triesMax } from './proof.ts'

type Row = { id: string; user_id: string | null; address: string; payload: Record<string, unknown> }

// A new proof ends the older ones of its person and purpose. Where an address had its share of the hour nothing is sent and the last one stands,
// so that nobody can fill a mailbox and the page says the same; a tenant that had its share of text messages has an event say so.
const begin = prepared<{ id: string | null }>(
  'proofs.begin',
  `with recent as (
      select count(*) as sent, $5 = 'sms' and $15 <= (
        select count(*) from proofs where tenant_id = $1 and channel = 'sms' and created_at > now() - interval '1 hour') as is_spent
      from proofs
      where tenant_id = $1 and address = $6 and channel = $5 and code_mac is not null and created_at > now() - interval '1 hour'),
    ended as (
      update proofs set spent_at = now() from recent
      where tenant_id = $1 and purpose = $3 and spent_at is null and user_id is not distinct from $4 and recent.sent < $12 and not recent.is_spent
        and (address = $6 or ($4::uuid is not null and $3 in ('change-email', 'verify-phone')))),
    made as (
      insert into proofs (tenant_id, id, purpose, user_id, channel, address, code_mac, link_hash, browser, payload, expires_at)
      select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() + make_interval(secs => $11) from recent
      where recent.sent < $12 and not recent.is_spent returning id),
    sent as (${insertMessages('$13', 'exists (select from made)')}),
    noted as (${insertEvents('$14', 'exists (select from made)')}),
    told as (${insertEvents('$16', 'exists (select from recent where is_spent)')})
  select coalesce((select id from made), (
    select id from proofs where tenant_id = $1 and purpose = $3 and address = $6 and user_id is not distinct from $4
      and spent_at is null and expires_at > now() order by created_at desc limit 1)) as id`,
)

type TriedRow = Row & { matches: boolean }

// One guarded statement: the try is counted, the right code spends the row, and the person's counter of this method moves.
const tryCode = prepared<TriedRow>(
  'proofs.try',
  `with tried as (
      update proofs p set tries = tries + 1, spent_at = case when code_mac = $4 then now() end, proved_at = case when code_mac = $4 then now() end
      where p.tenant_id = $1 and p.id = $2 and p.purpose = $3 and p.spent_at is null and p.expires_at > now() and p.tries < $6
        and not exists (select from factor_states f where f.tenant_id = $1 and f.user_id = p.user_id and f.method = $5 and f.failures >= $7)
      returning id, user_id, address, payload, code_mac = $4 as matches),
    counted as (
      insert into factor_states as f (tenant_id, user_id, method, failures)
      select $1, user_id, $5, 1 from tried where user_id is not null and not coalesce(matches, false)
      on conflict (tenant_id, user_id, method) do update set failures = f.failures + 1),
    cleared as (
      update factor_states set failures = 0 where tenant_id = $1 and method = $5 and user_id = (select user_id from tried where matches))
  select id, user_id, address, payload, coalesce(matches, false) as matches from tried`,
)

const peek = prepared<Row & { link_hash: Buffer | null; purpose: Purpose; language: string | null }>(
  'proofs.peek',
  `select id, purpose, user_id, address, payload, link_hash,
    (select language from users u where u.tenant_id = proofs.tenant_id and u.id = proofs.user_id) as language
   from proofs where tenant_id = $1 and id = $2 and spent_at is null and expires_at > now()`,
)

const findLive = prepared<{ id: string }>(
  'proofs.find-live',
  `select id from proofs where tenant_id = $1 and user_id = $2 and purpose = $3 and spent_at is null and expires_at > now() and code_mac is not null
   order by created_at desc, id desc limit 1`,
)

const spendLink = prepared<Row>(
  'proofs.spend-link',
  `update proofs set spent_at = now(), proved_at = now()
   where tenant_id = $1 and id = $2 and purpose = $3 and link_hash = $4 and spent_at is null and expires_at > now()
   returning id, user_id, address, payload`,
)

// The second half of a proof that comes before the account: that it was proved stands in the row, not in what the browser brings.
const useUp = prepared<{ id: string }>(
  'proofs.use',
  `update proofs set used_at = now()
   where tenant_id = $1 and id = $2 and purpose = $3 and address = $4 and used_at is null and proved_at > now() - make_interval(secs => $5)
   returning id`,
)

/** Consecutive wrong codes of a person after which the method is refused until another one has let the person in. */
const failuresMax = 100
/** Codes that one address is sent within an hour, whoever asks. */
const perAddressMax = 3

/** What a spent or open proof says. `address` is the one that was proved. */
export type Proof = {
  readonly id: string
  readonly userId: string | undefined
  readonly address: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** `language` is the one that the person behind the proof chose for the pages. */
export type PeekedProof = Proof & {
  readonly purpose: Purpose
  readonly linkHash: Buffer | undefined
  readonly language: string | null
}

const proofOf = ({ id, user_id: userId, address, payload }: Row): Proof => ({ id, userId: userId ?? undefined, address, payload })

export type NewProof = {
  readonly id: string
  readonly purpose: Purpose
  readonly made: MadeProof
  readonly userId: string | undefined
  readonly channel: 'email' | 'sms' | 'terminal'
  readonly address: string
  readonly browser?: Uint8Array | undefined
  readonly payload?: Readonly<Record<string, unknown>>
  /** None where nobody is behind the address: the work is the same. */
  readonly messages: readonly MessageRow[]
  readonly events: readonly EventRow[]
  /** The most text messages of the tenant in an hour, and what is written where they are spent. */
  readonly textsPerHour?: number
  readonly withheld?: readonly EventRow[]
}

const unlimitedTexts = 2_147_483_647

export type CodeTry = { readonly id: string; readonly purpose: Purpose; readonly mac: Uint8Array; readonly method: string }
export type CodeOutcome = { readonly kind: 'passed'; readonly proof: Proof } | { readonly kind: 'wrong' } | { readonly kind: 'gone' }

/** Proofs of an address on a database. */
export const proofStore = (sql: Sql) => ({
  /** The id of the proof that counts now; undefined where the address has had its share and none is open. */
  begin: async (tenantId: string, proof: NewProof): Promise<string | undefined> => {
    const { id, purpose, made, userId, channel, address, browser, payload = {}, messages, events } = proof
    const { textsPerHour = unlimitedTexts, withheld = [] } = proof
    const rows = await sql.run(begin, [
      ...[tenantId, id, purpose, userId ?? null, channel, address, made.codeMac ?? null, made.linkHash ?? null, browser ?? null],
      ...[JSON.stringify(payload), kinds[purpose].lifeSeconds, perAddressMax, messagesParameter(...messages), eventsParameter(...events)],
      ...[textsPerHour, eventsParameter(...withheld)],
    ])
    return rows[0]?.id ?? undefined
  },
  /** Spends one of the proof's tries, and the proof where the code is right. */
  tryCode: async (tenantId: string, { id, purpose, mac, method }: CodeTry): Promise<CodeOutcome> => {
    const [row] = await sql.run(tryCode, [tenantId, id, purpose, mac, method, triesMax, failuresMax])
    if (row === undefined) return { kind: 'gone' }
    return row.matches ? { kind: 'passed', proof: proofOf(row) } : { kind: 'wrong' }
  },
  /** The latest open proof of a person and purpose, for who asks without having kept its id. */
  findLive: async (tenantId: string, { userId, purpose }: { userId: string; purpose: Purpose }): Promise<string | undefined> =>
    (await sql.run(findLive, [tenantId, userId, purpose]))[0]?.id,
  /** A live proof without spending it, to draw the page behind a link; the caller compares the hash. */
  peek: async (tenantId: string, id: string): Promise<PeekedProof | undefined> => {
    const [row] = await sql.run(peek, [tenantId, id])
    return row && { ...proofOf(row), purpose: row.purpose, linkHash: row.link_hash ?? undefined, language: row.language }
  },
  /** Spends the proof by its link; undefined where it was spent, has expired or is of another purpose. */
  spendLink: async (tenantId: string, input: { id: string; purpose: Purpose; hash: Uint8Array }): Promise<Proof | undefined> => {
    const [row] = await sql.run(spendLink, [tenantId, input.id, input.purpose, input.hash])
    return row && proofOf(row)
  },
})

type ProofUse = { readonly id: string; readonly purpose: Purpose; readonly address: string; readonly withinSeconds: number }

/** Uses what was proved, inside the transaction that rests on it; false where it was used before, is too long ago, or is of another address. */
export const useProof = async (tenantId: string, tx: Tx, { id, purpose, address, withinSeconds }: ProofUse): Promise<boolean> =>
  (await tx.run(useUp, [tenantId, id, purpose, address, withinSeconds])).length > 0

export type ProofStore = ReturnType<typeof proofStore>

/** Proofs that nobody can use any more go, a day after they ended. */
export const removeOldProofs = async (sql: Sql): Promise<void> => {
  await sql.text(`delete from proofs where expires_at < now() - interval '1 day'`)
}
