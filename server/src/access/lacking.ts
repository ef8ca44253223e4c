/**
 * What the actor lacks of what would be conferred, or of what the other holds: nobody gives what they do not have, and nobody changes somebody who may
 * do more than themselves.
 */
export const lacking = ({ permissions }: { readonly permissions: ReadonlySet<string> }, others: Iterable<string>): readonly string[] =>
  [...others].filter((one) => !permissions.has(one)).sort()
