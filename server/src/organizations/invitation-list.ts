/** One address of a list, with the roles that its line names. */
export type ListedAddress = { readonly line: number; readonly address: string; readonly roles: readonly string[] | undefined }

/** The cells of one line of CSV (RFC 4180 section 2); a quoted cell ends within its line. */
const cellsOf = (line: string): readonly string[] => {
  const cells: string[] = []
  let [cell, isQuoted] = ['', false]
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at]
    if (isQuoted && character === '"' && line[at + 1] === '"') {
      cell += '"'
      at += 1
    } else if (character === '"') isQuoted = !isQuoted
    else if (character === ',' && !isQuoted) {
      cells.push(cell.trim())
      cell = ''
    } else cell += character
  }
  return [...cells, cell.trim()]
}

const splitRoles = (text: string | undefined): readonly string[] | undefined => {
  const roles = [...new Set((text ?? '').split(/[\s;|]+/).filter((one) => one !== ''))]
  return roles.length === 0 ? undefined : roles
}

// "Alice Example <alice@example.com>", as mail programs copy it.
const bare = (text: string): string => (/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim()

const fromCsv = (lines: readonly string[], columns: readonly string[]): readonly ListedAddress[] =>
  lines.flatMap((text, index) => {
    if (index === 0 || text.trim() === '') return []
    const cells = cellsOf(text)
    const cell = (...names: readonly string[]): string | undefined => cells[columns.findIndex((one) => names.includes(one))]
    return [{ line: index + 1, address: bare(cell('email', 'e-mail') ?? ''), roles: splitRoles(cell('roles', 'role')) }]
  })

/**
 * Reads what somebody pasted: addresses by line, comma or semicolon, or CSV whose first line names the columns `email` and, where wanted, `roles`.
 * Nothing is judged here; what is no address stays in the list with its line.
 */
export const readInvitationList = (text: string): readonly ListedAddress[] => {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const columns = cellsOf(lines[0] ?? '').map((one) => one.toLowerCase())
  if (columns.includes('email') || columns.includes('e-mail')) return fromCsv(lines, columns)
  return lines.flatMap((one, index) =>
    one
      .split(/[,;]/)
      .filter((part) => part.trim() !== '')
      .map((part) => ({ line: index + 1, address: bare(part), roles: undefined })),
  )
}
