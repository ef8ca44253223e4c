import type { words } from './en/organizations.ts'
import type { Tag } from './messages.ts'

/** Every text of the pages about organizations; English is what all others are complete by. */
export type OrganizationWords = typeof words

/** Parts of their own, for the pages of organizations alone: whoever opens none loads none. */
export const organizationWords: Readonly<Record<Tag, () => Promise<{ readonly words: OrganizationWords }>>> = {
  de: () => import('./de/organizations.ts'),
  en: () => import('./en/organizations.ts'),
  es: () => import('./es/organizations.ts'),
  fr: () => import('./fr/organizations.ts'),
  sw: () => import('./sw/organizations.ts'),
  pt: () => import('./pt/organizations.ts'),
  ar: () => import('./ar/organizations.ts'),
  ja: () => import('./ja/organizations.ts'),
}
