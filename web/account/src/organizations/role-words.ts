import type { Membership, OrganizationRole } from '@custom-identity-platform/sdk'
import { useLanguage } from '../account-context.tsx'
import { useRoles } from './queries.ts'
import { useWords } from './words.tsx'

/** How several things are said together in the language that is spoken. */
export const useList = () => {
  const language = useLanguage()
  return (parts: readonly string[]): string => new Intl.ListFormat(language, { type: 'unit', style: 'short' }).format(parts)
}

/** What roles are called by their ids alone: those that every organization has, in the language of the person. */
export const useRoleIds = () => {
  const { roles } = useWords()
  const list = useList()
  return (ids: readonly string[]): string => list(ids.map((id) => roles.names[id] ?? id))
}

/** The built-in roles have words of ours, the others those of whoever made them. */
export const useRoleWords = () => {
  const { roles } = useWords()
  return {
    nameOf: ({ id, name }: OrganizationRole): string => roles.names[id] ?? name,
    aboutOf: ({ id, description }: OrganizationRole): string => roles.about[id] ?? description,
  }
}

/** What roles of an organization are called; their ids where they are not known (yet). */
export const useRoleNames = (membership: Membership) => {
  const { roles } = useWords()
  const { data = [] } = useRoles(membership)
  const { nameOf } = useRoleWords()
  const list = useList()
  return (ids: readonly string[]): string =>
    list(
      ids.map((one) => {
        const role = data.find((known) => known.id === one)
        return role === undefined ? (roles.names[one] ?? one) : nameOf(role)
      }),
    )
}

/** What roles allow together. */
export const allowedBy = (roles: readonly OrganizationRole[], ids: readonly string[]): ReadonlySet<string> =>
  new Set(roles.filter(({ id }) => ids.includes(id)).flatMap(({ permissions }) => permissions))
