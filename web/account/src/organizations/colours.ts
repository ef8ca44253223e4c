type Colour = readonly [number, number, number]

const form = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i
const white: Colour = [255, 255, 255]
const black: Colour = [0, 0, 0]
const contrastMin = 4.5

const read = (text: string): Colour | undefined => {
  const [, red = '', green = '', blue = ''] = form.exec(text.trim()) ?? []
  return red === '' ? undefined : [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)]
}

const print = (colour: Colour): string => `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`

export const isColour = (text: string): boolean => read(text) !== undefined

// WCAG 2.2, relative luminance.
const linear = (part: number): number => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4)
const luminance = ([red, green, blue]: Colour): number => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)

const contrast = (one: Colour, other: Colour): number => {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

const mix = (from: Colour, to: Colour, share: number): Colour => {
  const [red, green, blue] = [0, 1, 2].map((at) => (from[at] ?? 0) + ((to[at] ?? 0) - (from[at] ?? 0)) * share)
  return [red ?? 0, green ?? 0, blue ?? 0]
}

/** What can be read on a colour, white or black, as the hosted pages choose it. */
export const textOn = (text: string): string => {
  const colour = read(text)
  return colour === undefined || contrast(colour, white) >= contrast(colour, black) ? '#ffffff' : '#000000'
}

/** The colour, or the nearest lighter shade of it that can be read on a dark card. */
export const shadeForDark = (text: string, paper: string): string => {
  const [colour, ground] = [read(text), read(paper)]
  if (colour === undefined || ground === undefined) return text
  for (let step = 0; step <= 20; step += 1) {
    const shade = mix(colour, white, step / 20)
    if (contrast(shade, ground) >= contrastMin) return print(shade)
  }
  return '#ffffff'
}
