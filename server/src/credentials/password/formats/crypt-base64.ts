const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** The Base64 of crypt(3): bytes are taken in groups by position, most significant first, and written lowest six bits first. */
export const toCryptBase64 = (bytes: Uint8Array, groups: readonly (readonly number[])[]): string =>
  groups.map((group) => encodeGroup(group.map((position) => bytes[position] ?? 0))).join('')

const encodeGroup = (bytes: readonly number[]): string => {
  const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
  return Array.from({ length: bytes.length + 1 }, (_, index) => alphabet[(value >> (6 * index)) & 63]).join('')
}
