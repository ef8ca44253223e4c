/** The state of a page in its address: plain texts, as people write them. */
export type Search = Readonly<Record<string, string | undefined>>

export const readSearch = (text: string): Search => Object.fromEntries(new URLSearchParams(text))

export const printSearch = (search: Search): string => {
  const given = Object.entries(search).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '')
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}
