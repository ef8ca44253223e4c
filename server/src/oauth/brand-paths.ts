import type { Client } from '../clients/clients.ts'
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
