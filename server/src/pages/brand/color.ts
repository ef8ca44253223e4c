/** Red, green and blue, each from 0 to 255. */
export type Color = readonly [number, number, number]

const form = /^#([0-9a-f]{6})$/i

/** A colour from `#rrggbb`; undefined for anything else. */
export const readColor = (text: string): Color | undefined => {
  const digits = form.exec(text)?.[1]
  if (digits === undefined) return undefined
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16))
  return [red, green, blue]
}

export const printColor = (color: Color): string => `#${color.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`

/** `share` of the other colour in the first, from 0 to 1, rounded to what can be printed. */
export const mix = (one: Color, other: Color, share: number): Color => {
  const part = (at: 0 | 1 | 2): number => Math.round(one[at] * (1 - share) + other[at] * share)
  return [part(0), part(1), part(2)]
}

const luminance = ([red, green, blue]: Color): number => {
  const linear = (part: number): number => {
    const value = part / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/** The contrast ratio of two colours, from 1 to 21 (WCAG 2.2). */
export const contrast = (one: Color, other: Color): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}
