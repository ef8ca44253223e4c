import type { OrganizationWords } from '../messages/organization-words.ts'

export type SectionName = keyof OrganizationWords['area']['sections']
export type AreaSection = { readonly name: SectionName; readonly path: string; readonly needs: string | undefined }

/** The pages of one organization, with the permission that each needs there. */
export const areaSections: readonly AreaSection[] = [
  { name: 'overview', path: '', needs: undefined },
  { name: 'members', path: '/members', needs: 'members:read' },
  { name: 'invitations', path: '/invitations', needs: 'members:read' },
  { name: 'domains', path: '/domains', needs: 'members:read' },
  { name: 'roles', path: '/roles', needs: 'members:read' },
  { name: 'policy', path: '/policy', needs: 'policy:write' },
  { name: 'branding', path: '/look', needs: 'policy:write' },
  { name: 'events', path: '/events', needs: 'events:read' },
]
