// A spreadsheet runs a cell that begins with one of these (OWASP, CSV Injection). A quote before it makes the cell text.
const dangerous = /^'*[=+\-@\t\r]/
const defused = /^'+[=+\-@\t\r]/

/** A quote in front of what a spreadsheet would run; also where quotes stand there already, so that `fuse` is exact. */
export const defuse = (cell: string): string => (dangerous.test(cell) ? `'${cell}` : cell)

/** Undoes `defuse`. */
export const fuse = (cell: string): string => (defused.test(cell) ? cell.slice(1) : cell)
