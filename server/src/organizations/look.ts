import type { Branding } from '../pages/brand/branding.ts'

/** What an organization changes of the look of its pages. */
export type Look = Pick<Branding, 'name' | 'accent' | 'background' | 'logo'>

/** Where the picture of an organization is, below the path of its tenant. */
export const organizationLogoPath = (organizationId: string, hash: string): string =>
  `/branding/organization/${organizationId}/logo/${hash}`
