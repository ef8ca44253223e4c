import { accentColors, type Scheme } from './accent.ts'
import type { Branding, Radius } from './branding.ts'
import { type Color, contrast, printColor, readColor } from './color.ts'

type Tokens = Readonly<Record<string, string>>

const radiusTokens: Readonly<Record<Radius, Tokens>> = {
  none: { '--radius-s': '0', '--radius-m': '0', '--radius-l': '0' },
  small: { '--radius-s': '3px', '--radius-m': '5px', '--radius-l': '8px' },
  medium: { '--radius-s': '6px', '--radius-m': '10px', '--radius-l': '16px' },
  large: { '--radius-s': '8px', '--radius-m': '16px', '--radius-l': '28px' },
}

const accentTokens = (scheme: Scheme, text: string | undefined): Tokens => {
  const color = text === undefined ? undefined : readColor(text)
  if (color === undefined) return {}
  const { accent, strong, soft, on } = accentColors(scheme, color)
  return {
    '--accent': printColor(accent),
    '--accent-strong': printColor(strong),
    '--accent-soft': printColor(soft),
    '--on-accent': printColor(on),
  }
}

// On every colour one of the two keeps 4.5:1.
const onPage = (color: Color): string => (contrast(color, [255, 255, 255]) >= contrast(color, [0, 0, 0]) ? '#ffffff' : '#000000')

const backgroundTokens = (scheme: Scheme, background: Branding['background']): Tokens => {
  if (background === undefined) return {}
  if (background === 'plain') return { '--backdrop': 'var(--paper-1)' }
  if (background === 'gradient') return { '--backdrop': 'var(--gradient)' }
  const color = readColor(background[scheme])
  if (color === undefined) return {}
  return { '--backdrop': printColor(color), '--on-page': onPage(color), '--on-page-strong': onPage(color) }
}

const rule = (tokens: Tokens): string => {
  const lines = Object.entries(tokens).map(([name, value]) => `${name}:${value}`)
  return lines.length === 0 ? '' : `:root{${lines.join(';')}}`
}

const inScheme = (scheme: Scheme, { accent, background }: Branding): Tokens => ({
  ...accentTokens(scheme, accent?.[scheme]),
  ...backgroundTokens(scheme, background),
})

/** The tokens of a branding as a stylesheet of its own, over those of the look; empty where it changes none. */
export const brandStylesheet = (branding: Branding): string => {
  const light = rule({ ...inScheme('light', branding), ...(branding.radius && radiusTokens[branding.radius]) })
  const dark = rule(inScheme('dark', branding))
  const darkRule = dark === '' ? '' : `@media (prefers-color-scheme:dark){${dark}}`
  return [light, darkRule, branding.customCss ?? ''].filter((part) => part !== '').join('\n')
}
