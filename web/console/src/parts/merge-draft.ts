export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

type Drafts<D extends object> = { readonly base: D; readonly mine: D; readonly theirs: D }
type Name<D> = Extract<keyof D, string>

const namesOf = <D extends object>(draft: D): readonly Name<D>[] => Object.keys(draft) as Name<D>[]

/** A draft over what is stored now: what nobody has touched is as it is stored, the rest as it was typed. */
export const mergeDraft = <D extends object>({ base, mine, theirs }: Drafts<D>): D => {
  const touched = namesOf(mine).filter((name) => !isSame(mine[name], base[name]))
  return { ...theirs, ...Object.fromEntries(touched.map((name) => [name, mine[name]])) }
}

/** Whether both sides have changed a member, each to something else. */
export const isClash = <D extends object>({ base, mine, theirs }: Drafts<D>): boolean =>
  namesOf(mine).some((name) => !isSame(mine[name], base[name]) && !isSame(theirs[name], base[name]) && !isSame(mine[name], theirs[name]))
