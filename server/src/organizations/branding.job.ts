import { inTransaction, type Tx } from '../db/database.ts'
import type { LogoReference } from '../pages/brand/branding.ts'
import { findLook, type VersionedLook, writeLogo, writeLook } from './branding.store.ts'
import type { Look } from './look.ts'
import type { Acting, OrganizationDeps } from './organizations.job.ts'
import { lockOrganization } from './organizations.store.ts'

export type { VersionedLook } from './branding.store.ts'

export type LookOutcome = ({ readonly kind: 'done' } & VersionedLook) | { readonly kind: 'gone' | 'changed' | 'other-logo' }

/** A picture that was checked. */
export type Picture = LogoReference & { readonly base64: string }

type Which = { readonly organizationId: string; readonly version: string | undefined }
type Saving = Which & { readonly change: (tx: Tx, before: Look) => Promise<Look | 'other-logo'> }

const partsOf = (look: Look): readonly string[] => Object.keys(look).sort()

const save = (
  { db, tenantId, record }: OrganizationDeps,
  acting: Acting,
  { organizationId, version, change }: Saving,
): Promise<LookOutcome> =>
  inTransaction(db, { isIdempotent: false }, async (tx): Promise<LookOutcome> => {
    if ((await lockOrganization(tenantId, tx, organizationId)) === undefined) return { kind: 'gone' }
    const before = await findLook(tenantId, tx, organizationId)
    if (version !== undefined && version !== String(before.version)) return { kind: 'changed' }
    const look = await change(tx, before.look)
    if (look === 'other-logo') return { kind: look }
    const saved = await writeLook(tenantId, tx, { organizationId, look })
    const payload = { organization: organizationId, parts: partsOf(look) }
    await record(tx, acting.events.make({ type: 'organization.branding_changed', payload }))
    return { kind: 'done', look, version: saved }
  })

/** How the pages of organizations look; each change commits with its event. */
export const createLookAdmin = (deps: OrganizationDeps) => {
  const { db, tenantId } = deps
  return {
    find: (organizationId: string) => findLook(tenantId, db, organizationId),
    /** Everything but the picture, which is the present one or none. */
    replace: (acting: Acting, { look, ...which }: Which & { readonly look: Look }) =>
      save(deps, acting, {
        ...which,
        change: async (_, before) =>
          look.logo !== undefined && look.logo.hash !== before.logo?.hash
            ? 'other-logo'
            : { ...look, ...(look.logo && { logo: before.logo }) },
      }),
    upload: (acting: Acting, { picture, ...which }: Which & { readonly picture: Picture }) =>
      save(deps, acting, {
        ...which,
        change: async (tx, before) => {
          const { hash, mediaType, base64 } = picture
          const { organizationId } = which
          await writeLogo(tenantId, tx, { organizationId, logo: { hash, mediaType, bytes: Buffer.from(base64, 'base64') } })
          return { ...before, logo: { hash, mediaType } }
        },
      }),
  }
}

export type LookAdmin = ReturnType<typeof createLookAdmin>
