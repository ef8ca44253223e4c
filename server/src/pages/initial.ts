/** Colours of the tiles with a white letter on them; the stylesheet has them as `hue-0` and so on. */
export const tileColors = ['#1f4fd8', '#7a3fb0', '#a8451f', '#0b6580', '#9b2c5e', '#44546a'] as const

/** The same name has the same colour everywhere. */
export const tileOf = (name: string): number =>
  [...name].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973, 7) % tileColors.length

/** The letter that stands for a name. */
export const initialOf = (name: string): string => /[\p{L}\p{N}]/u.exec(name)?.[0]?.toUpperCase() ?? '·'
