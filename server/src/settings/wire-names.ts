type Members = Readonly<Record<string, unknown>>

const toSnake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const toCamel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

const renamed = (value: object, rename: (name: string) => string): Members =>
  Object.fromEntries(Object.entries(value).map(([name, member]) => [rename(name), member]))

/** A setting as the admin API shows it: its members in snake case. What is inside of them stays. */
export const toWire = (value: object): Members => renamed(value, toSnake)

/** The way back. */
export const fromWire = (value: object): Members => renamed(value, toCamel)
