import { type Database, inTransaction, type Tx } from '../db/database.ts'
import { violatedUnique } from '../db/errors.ts'
import { type EventMaker, makeEvent } from '../events/events.ts'
import type { Upkeep } from '../jobs/jobs.ts'
import { insertMessages, type Messenger, messagesParameter } from '../mail/mail.ts'
import { newId } from '../platform/ids.ts'
import { randomText } from '../platform/random.ts'
import { challengeRecord } from './domain-name.ts'
import {
  automaticDomains,
  type DomainRow,
  deleteDomain,
  domainsMax,
  dueDomains,
  findDomain,
  insertDomain,
  type Joining,
  joinable,
  joinByDomain,
  listDomains,
  markMissing,
  markProved,
  type Offer,
  updateDomain,
} from './domains.store.ts'
import { checkRoles } from './members.job.ts'
import { findAdministrators } from './members.store.ts'
import type { Acting, OrganizationDeps } from './organizations.job.ts'
import { findOrganization, lockOrganization } from './organizations.store.ts'
import type { Refusal } from './refusal.ts'

export type { DomainRow, Joining, Offer } from './domains.store.ts'

/** The texts of the TXT records at a name; empty where there are none. Throws where no answer came. */
export type LookUpTxt = (name: string) => Promise<readonly string[]>
export type DomainDeps = OrganizationDeps & { readonly lookUpTxt: LookUpTxt; readonly messenger: Messenger }

type Done = { readonly kind: 'done'; readonly domain: DomainRow }
export type DomainRefusal =
  | Refusal
  | { readonly kind: 'too-many-domains' | 'proved-elsewhere' | 'dns-silent' }
  | { readonly kind: 'not-proved'; readonly seen: readonly string[] }
export type DomainOutcome = Done | DomainRefusal

type Wanted = { readonly joining: Joining; readonly roles: readonly string[] }

const add = ({ db, tenantId, record }: DomainDeps, acting: Acting, input: Wanted & { organizationId: string; domain: string }) =>
  inTransaction(db, { isIdempotent: false }, async (tx): Promise<DomainOutcome> => {
    const { organizationId, domain, joining, roles } = input
    if ((await lockOrganization(tenantId, tx, organizationId)) === undefined) return { kind: 'gone' }
    const refused = await checkRoles(tenantId, tx, { roles, permissions: acting.permissions })
    if (refused !== undefined) return refused
    if ((await listDomains(tenantId, tx, organizationId)).length >= domainsMax) return { kind: 'too-many-domains' }
    const row = await insertDomain(tenantId, tx, { id: newId(), organizationId, domain, challenge: randomText(), joining, roles })
    if (row === undefined) return { kind: 'taken' }
    await record(tx, acting.events.make({ type: 'organization_domain.added', payload: { organization: organizationId, domain } }))
    return { kind: 'done', domain: row }
  })

const change = ({ db, tenantId, record }: DomainDeps, acting: Acting, input: Partial<Wanted> & { organizationId: string; id: string }) =>
  inTransaction(db, { isIdempotent: false }, async (tx): Promise<DomainOutcome> => {
    const { organizationId, id } = input
    if ((await lockOrganization(tenantId, tx, organizationId)) === undefined) return { kind: 'gone' }
    const before = await findDomain(tenantId, tx, { organizationId, id })
    if (before === undefined) return { kind: 'gone' }
    const to = { joining: input.joining ?? before.joining, roles: input.roles ?? before.roles }
    const refused = await checkRoles(tenantId, tx, { roles: [...new Set([...to.roles, ...before.roles])], permissions: acting.permissions })
    if (refused !== undefined) return refused
    const row = await updateDomain(tenantId, tx, { organizationId, id, ...to })
    if (row === undefined) return { kind: 'gone' }
    const payload = { organization: organizationId, domain: row.domain, joining: to.joining, roles: to.roles }
    await record(tx, acting.events.make({ type: 'organization_domain.changed', payload }))
    return { kind: 'done', domain: row }
  })

const remove = ({ db, tenantId, record }: DomainDeps, acting: Acting, which: { organizationId: string; id: string }) =>
  inTransaction(db, { isIdempotent: false }, async (tx): Promise<DomainOutcome> => {
    const row = await deleteDomain(tenantId, tx, which)
    if (row === undefined) return { kind: 'gone' }
    const payload = { organization: which.organizationId, domain: row.domain }
    await record(tx, acting.events.make({ type: 'organization_domain.removed', payload }))
    return { kind: 'done', domain: row }
  })

const seenAt = async (lookUpTxt: LookUpTxt, { domain, challenge }: DomainRow) => {
  const { name, value } = challengeRecord(domain, challenge)
  const seen = await lookUpTxt(name).catch(() => undefined)
  return { seen, isProved: seen?.includes(value) === true }
}

const noticeSeconds = 604_800

/** Tells those who run the organization, in the transaction of what happened. */
const tell = async (
  { tenantId, messenger }: DomainDeps,
  tx: Tx,
  { row, template }: { readonly row: DomainRow; readonly template: 'domain-proved' | 'domain-lost' },
): Promise<void> => {
  const organization = await findOrganization(tenantId, tx, row.organization_id)
  if (organization === undefined) return
  const words = { domain: row.domain, organization: organization.name }
  const messages = (await findAdministrators(tenantId, tx, row.organization_id)).map((userId) =>
    messenger({ tenantId, channel: 'email', template, language: 'en', userId, lifeSeconds: noticeSeconds, words }),
  )
  await tx.text(`with sent as (${insertMessages('$1')}) select 1`, [messagesParameter(...messages)])
}

type Proving = { readonly row: DomainRow; readonly make: EventMaker['make'] }

const prove = async (deps: DomainDeps, { row, make }: Proving): Promise<'done' | 'gone' | 'proved-elsewhere'> =>
  inTransaction(deps.db, { isIdempotent: false }, async (tx) => {
    const { tenantId, record } = deps
    const marked = await markProved(tenantId, tx, row.id)
    if (marked === undefined) return 'gone' as const
    const payload = { organization: row.organization_id, domain: row.domain }
    if (marked.wasProved) return 'done' as const
    await record(tx, make({ type: 'organization_domain.verified', payload }))
    await tell(deps, tx, { row, template: 'domain-proved' })
    return 'done' as const
  }).catch((error: unknown) => {
    if (violatedUnique(error) !== undefined) return 'proved-elsewhere' as const
    throw error
  })

// The name server is asked before a transaction is opened.
const verify = async (deps: DomainDeps, acting: Acting, which: { organizationId: string; id: string }): Promise<DomainOutcome> => {
  const row = await findDomain(deps.tenantId, deps.db, which)
  if (row === undefined) return { kind: 'gone' }
  const { seen, isProved } = await seenAt(deps.lookUpTxt, row)
  if (seen === undefined) return { kind: 'dns-silent' }
  if (!isProved) return { kind: 'not-proved', seen: seen.slice(0, 10).map((text) => text.slice(0, 255)) }
  const outcome = await prove(deps, { row, make: acting.events.make })
  if (outcome !== 'done') return { kind: outcome }
  const now = await findDomain(deps.tenantId, deps.db, which)
  return now === undefined ? { kind: 'gone' } : { kind: 'done', domain: now }
}

/** Domains of organizations, and what follows from a proved address of one. */
export const createDomainAdmin = (deps: DomainDeps) => {
  const { db, tenantId } = deps
  return {
    list: (organizationId: string) => listDomains(tenantId, db, organizationId),
    add: (acting: Acting, input: Wanted & { organizationId: string; domain: string }) => add(deps, acting, input),
    change: (acting: Acting, input: Partial<Wanted> & { organizationId: string; id: string }) => change(deps, acting, input),
    remove: (acting: Acting, which: { organizationId: string; id: string }) => remove(deps, acting, which),
    verify: (acting: Acting, which: { organizationId: string; id: string }) => verify(deps, acting, which),
    offers: (userId: string): Promise<Offer[]> => joinable(tenantId, db, userId),
    join: async (events: EventMaker, input: { userId: string; organizationId: string }): Promise<boolean> => {
      const event = events.makeConditional({
        type: 'organization_member.added',
        userId: input.userId,
        payload: { organization: input.organizationId, roles: [], via: 'domain' },
      })
      const joined = await joinByDomain(tenantId, db, { ...input, event })
      if (joined.length > 0) events.count('organization_member.added')
      return joined.length > 0
    },
  }
}

export type DomainAdmin = ReturnType<typeof createDomainAdmin>

/** People who join by themselves at a sign-in. Where no organization takes anybody in so, a sign-in asks nothing. */
export const openJoining = async (db: Database, tenantId: string) => {
  let count = (await automaticDomains(tenantId, db)).length
  return {
    reload: async (): Promise<void> => {
      count = (await automaticDomains(tenantId, db)).length
    },
    afterSignIn: async (userId: string): Promise<void> => {
      if (count === 0) return
      const payload = { organization: '', roles: [], via: 'domain' } as const
      await joinByDomain(tenantId, db, { userId, event: makeEvent({ tenantId, type: 'organization_member.added', userId, payload }) })
    },
  }
}

const perRun = 200

/** Looks for the records of proved domains once a day. One that stays away for days takes the proof with it; a silent name server does not. */
export const domainUpkeep = (deps: Omit<DomainDeps, 'tenantId'>): Upkeep => ({
  task: 'organizations.domains',
  everySeconds: 3600,
  run: async (sql) => {
    for (const row of await dueDomains(sql, perRun)) {
      const { seen, isProved } = await seenAt(deps.lookUpTxt, row)
      if (seen === undefined) continue
      const { tenant_id: tenantId } = row
      const make: EventMaker['make'] = (input) => makeEvent({ ...input, tenantId })
      if (isProved) await prove({ ...deps, tenantId }, { row, make })
      else
        await inTransaction(deps.db, { isIdempotent: true }, async (tx) => {
          const { isLost } = await markMissing(tenantId, tx, row.id)
          const payload = { organization: row.organization_id, domain: row.domain }
          if (!isLost) return
          await deps.record(tx, make({ type: 'organization_domain.lost', payload }))
          await tell({ ...deps, tenantId }, tx, { row, template: 'domain-lost' })
        })
    }
  },
})
