/** `lacking`: whoever acts does not hold what would be conferred, or what the member concerned holds. */
export type Refusal =
  | { readonly kind: 'lacking'; readonly permissions: readonly string[] }
  | { readonly kind: 'unknown-role'; readonly role: string }
  | { readonly kind: 'unknown-permission'; readonly permission: string }
  | {
      readonly kind:
        | 'gone'
        | 'no-member'
        | 'no-user'
        | 'built-in'
        | 'taken'
        | 'held'
        | 'last-owner'
        | 'changed'
        | 'member-already'
        | 'invited-already'
        | 'ended'
        | 'suspended'
    }

/** What the permissions of `others` hold beyond those of whoever acts. */
export const beyond = (permissions: ReadonlySet<string>, others: Iterable<string>): readonly string[] =>
  [...others].filter((one) => !permissions.has(one)).sort()
