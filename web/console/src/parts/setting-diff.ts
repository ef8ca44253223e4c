/** One place at which two values differ; undefined where there is nothing. */
export type Difference = { readonly path: string; readonly before: unknown; readonly after: unknown }

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Where two values of any shape differ, by the path of each member. Lists are compared whole: their order counts. */
export const differencesOf = (before: unknown, after: unknown, path = ''): readonly Difference[] => {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  if (!isTree(before) || !isTree(after)) return [{ path, before, after }]
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name) => differencesOf(before[name], after[name], path === '' ? name : `${path}.${name}`))
}
