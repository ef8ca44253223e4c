import type { Client } from '../clients/clients.ts'
import { type Look, type OrganizationRules, organizationLogoPath } from '../organizations/organizations.ts'
import type { Branding } from '../pages/brand/branding.ts'
import type { Brand } from '../pages/frame.ts'
import { sha256Text } from '../platform/digest.ts'
import { stylesheetOf } from '../settings/settings.ts'

/** The address of a logo as a part of the path that it is served under: another address is another path. */
export const logoHashOf = (logoUri: string): string => sha256Text(logoUri).slice(0, 16)

/** Where a page finds what belongs to the application: paths of this server, below the tenant's. */
export const clientPaths = ({ id, logoUri, branding }: Client) => {
  const stylesheet = stylesheetOf(branding)
  const inPath = encodeURIComponent(id)
  return {
    logoUri: logoUri === undefined ? undefined : `/client-logo/${inPath}/${logoHashOf(logoUri)}`,
    stylesheet: stylesheet && `/branding/client/${inPath}/${stylesheet.hash}.css`,
  }
}

/** The tenant as its pages show it. `stylesheet` stands for the one of the branding, such as that of a draft. */
export const brandOf = (basePath: string, branding: Branding, stylesheet?: string): Brand => {
  const own = stylesheetOf(branding)
  return {
    name: branding.name,
    logo: branding.logo && `${basePath}/branding/logo/${branding.logo.hash}`,
    stylesheet: stylesheet ?? (own && `${basePath}/branding/${own.hash}.css`),
    termsUrl: branding.termsUrl,
    privacyUrl: branding.privacyUrl,
    helpUrl: branding.helpUrl,
  }
}

const plain: Branding = {}
const merged = new WeakMap<Look, WeakMap<Branding, Branding>>()

/** The look of an organization over that of its tenant, made once for each two that are in memory. */
export const brandingOver = (look: Look, branding: Branding = plain): Branding => {
  const known = merged.get(look) ?? new WeakMap<Branding, Branding>()
  merged.set(look, known)
  const both = known.get(branding) ?? { ...branding, ...look }
  known.set(branding, both)
  return both
}

/** The organization that a request is for, as the pages show it: the tenant where it decides nothing. */
export const brandOfOrganization = (
  basePath: string,
  { id, look }: Pick<OrganizationRules, 'id' | 'look'>,
  branding: Branding | undefined,
): Brand => {
  const both = brandingOver(look, branding)
  const stylesheet = stylesheetOf(both)
  const brand = brandOf(basePath, both, stylesheet && `${basePath}/branding/organization/${id}/${stylesheet.hash}.css`)
  return look.logo === undefined ? brand : { ...brand, logo: basePath + organizationLogoPath(id, look.logo.hash) }
}
