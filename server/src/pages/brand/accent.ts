import { type Color, contrast, mix, printColor, readColor } from './color.ts'

export type Scheme = 'light' | 'dark'

/** An accent for light and for dark, as `#rrggbb`. */
export type Accent = Readonly<Record<Scheme, string>>

/** What is drawn with an accent: itself, under the pointer, as the ground of a notice, and the text that stands on the first two. */
export type AccentColors = { readonly accent: Color; readonly strong: Color; readonly soft: Color; readonly on: Color }

/** WCAG 2.2 section 1.4.3. */
export const contrastMin = 4.5

const white: Color = [255, 255, 255]
const black: Color = [0, 0, 0]
// The card of the stylesheet, and the text that it puts on a colour.
const papers: Readonly<Record<Scheme, Color>> = { light: white, dark: [20, 26, 24] }
const far: Readonly<Record<Scheme, Color>> = { light: black, dark: white }
const nearBlack: Color = [11, 18, 16]

const steps = Array.from({ length: 21 }, (_, index) => index / 20)

/** The colour moved away from the paper, as little as it takes to satisfy the condition. */
const movedUntil = (scheme: Scheme, color: Color, isEnough: (color: Color) => boolean): Color =>
  steps.map((share) => mix(color, far[scheme], share)).find(isEnough) ?? far[scheme]

/** White or near black, whichever stands out more. */
const textOn = (color: Color): Color => (contrast(white, color) >= contrast(nearBlack, color) ? white : nearBlack)

const isReadableOn = (paper: Color) => (color: Color) =>
  contrast(color, paper) >= contrastMin && contrast(textOn(color), color) >= contrastMin

/** The nearest shade of the colour that can be read on the card, and read from. */
const nearestReadable = (scheme: Scheme, color: Color): Color => movedUntil(scheme, color, isReadableOn(papers[scheme]))

/** The colours that go with an accent; every text among them keeps 4.5:1 where the accent itself does on the card. */
export const accentColors = (scheme: Scheme, accent: Color): AccentColors => {
  const paper = papers[scheme]
  const soft = mix(paper, accent, scheme === 'light' ? 0.11 : 0.16)
  const on = textOn(accent)
  const hover = mix(accent, far[scheme], scheme === 'light' ? 0.22 : 0.25)
  const strong = movedUntil(scheme, hover, (color) => contrast(color, soft) >= contrastMin && contrast(on, color) >= contrastMin)
  return { accent, strong, soft, on }
}

const ratio = (value: number): string => `${(Math.floor(value * 10) / 10).toFixed(1)}:1`

const problemOf = (scheme: Scheme, text: string): string | undefined => {
  const color = readColor(text)
  if (color === undefined) return `The accent "${text.slice(0, 40)}" is no colour. Write it as #rrggbb, such as #0a6b5c.`
  if (isReadableOn(papers[scheme])(color)) return undefined
  const ground = scheme === 'light' ? 'the white card' : `the dark card (${printColor(papers.dark)})`
  const nearest = printColor(nearestReadable(scheme, color))
  return `The accent ${printColor(color)} has a contrast of ${ratio(contrast(color, papers[scheme]))} to ${ground}, and its text needs 4.5:1. The nearest shade that has it is ${nearest}.`
}

export type AccentVerdict =
  | { readonly kind: 'valid'; readonly accent: Accent }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

/** Checks an accent as it is saved; where none is named for dark, the nearest shade that can be read there is taken. */
export const checkAccent = ({ light, dark }: { readonly light: string; readonly dark?: string | undefined }): AccentVerdict => {
  const problems = [problemOf('light', light), dark === undefined ? undefined : problemOf('dark', dark)].filter(
    (problem) => problem !== undefined,
  )
  const color = readColor(light)
  if (problems.length > 0 || color === undefined) return { kind: 'refused', problems }
  const darkColor = dark === undefined ? printColor(nearestReadable('dark', color)) : dark.toLowerCase()
  return { kind: 'valid', accent: { light: printColor(color), dark: darkColor } }
}
