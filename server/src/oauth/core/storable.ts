const depthMax = 32

/** Whether a text can be kept as it is: a database takes neither U+0000 nor half of a surrogate pair. */
export const isStorableText = (text: string): boolean => text.isWellFormed() && !text.includes('\u0000')

/** The same for every text in a JSON value, which is not nested without end. */
export const isStorable = (value: unknown, depth = 0): boolean => {
  if (typeof value === 'string') return isStorableText(value)
  if (typeof value !== 'object' || value === null) return true
  if (depth === depthMax) return false
  return Object.entries(value).every(([name, inner]) => isStorableText(name) && isStorable(inner, depth + 1))
}
