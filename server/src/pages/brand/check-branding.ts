import { webUrl } from '../web-url.ts'
import { type Accent, checkAccent } from './accent.ts'
import { type Background, type ClientBranding, type Radius, radii } from './branding.ts'
import { printColor, readColor } from './color.ts'

type Checked<T> = { readonly value: T | undefined; readonly problems: readonly string[] }

const right = <T>(value: T | undefined): Checked<T> => ({ value, problems: [] })
const wrong = (...problems: string[]): Checked<never> => ({ value: undefined, problems })

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const hasOnly = (value: Readonly<Record<string, unknown>>, names: readonly string[]): boolean =>
  Object.keys(value).every((name) => names.includes(name))

const accentForm = 'The accent must be a colour such as "#0a6b5c", or {"light": "#0a6b5c", "dark": "#3cc3a5"}.'

const readAccent = (value: unknown): Checked<Accent> => {
  if (value === undefined || value === null) return right<Accent>(undefined)
  const given = typeof value === 'string' ? { light: value } : value
  if (!isObject(given) || !hasOnly(given, ['light', 'dark'])) return wrong(accentForm)
  const { light, dark } = given
  if (typeof light !== 'string' || (dark !== undefined && typeof dark !== 'string')) return wrong(accentForm)
  const verdict = checkAccent({ light, dark })
  return verdict.kind === 'valid' ? right(verdict.accent) : wrong(...verdict.problems)
}

const backgroundForm = 'The background must be "plain", "gradient", a colour such as "#f2f4f8", or {"light": "#f2f4f8", "dark": "#10141a"}.'

const colorOf = (value: unknown): string | undefined => {
  const color = typeof value === 'string' ? readColor(value) : undefined
  return color && printColor(color)
}

const readBackground = (value: unknown): Checked<Background> => {
  if (value === undefined || value === null) return right<Background>(undefined)
  if (value === 'plain' || value === 'gradient') return right<Background>(value)
  const given = typeof value === 'string' ? { light: value, dark: value } : value
  if (!isObject(given) || !hasOnly(given, ['light', 'dark'])) return wrong(backgroundForm)
  const [light, dark] = [colorOf(given['light']), colorOf(given['dark'] ?? given['light'])]
  return light === undefined || dark === undefined ? wrong(backgroundForm) : right<Background>({ light, dark })
}

const readRadius = (value: unknown): Checked<Radius> => {
  if (value === undefined || value === null) return right<Radius>(undefined)
  const radius = radii.find((one) => one === value)
  return radius === undefined ? wrong(`The radius must be one of ${radii.join(', ')}.`) : right(radius)
}

const readName = (value: unknown): Checked<string> => {
  if (value === undefined || value === null) return right<string>(undefined)
  const isName =
    typeof value === 'string' && value.trim() !== '' && value.length <= 100 && !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(value)
  return isName ? right(value.trim()) : wrong('The name must be text of 1 to 100 characters without control characters.')
}

const readUrl = (what: string, value: unknown): Checked<string> => {
  if (value === undefined || value === null) return right<string>(undefined)
  const url = typeof value === 'string' && value.length <= 2000 ? webUrl(value) : undefined
  return url === undefined ? wrong(`The address of ${what} must be an http or https URL of at most 2000 characters.`) : right(url)
}

export type BrandingInput = Readonly<
  Partial<Record<'name' | 'accent' | 'radius' | 'background' | 'termsUrl' | 'privacyUrl' | 'helpUrl', unknown>>
>

export type CheckedBranding = ClientBranding & {
  readonly name?: string | undefined
  readonly radius?: Radius | undefined
  readonly termsUrl?: string | undefined
  readonly privacyUrl?: string | undefined
  readonly helpUrl?: string | undefined
}

export type BrandingVerdict<T> =
  | { readonly kind: 'valid'; readonly branding: T }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

// Each part was read as the type says; parts that were not given are left out.
const verdictOf = <T>(parts: Readonly<Record<string, Checked<unknown>>>): BrandingVerdict<T> => {
  const problems = Object.values(parts).flatMap((part) => part.problems)
  if (problems.length > 0) return { kind: 'refused', problems }
  const known = Object.entries(parts).flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]]))
  return { kind: 'valid', branding: Object.fromEntries(known) as T }
}

/** Checks what an operator says of a tenant's look, all but its logo and its CSS; every problem as a sentence that says what to do. */
export const checkBranding = (given: BrandingInput): BrandingVerdict<CheckedBranding> =>
  verdictOf<CheckedBranding>({
    name: readName(given.name),
    accent: readAccent(given.accent),
    radius: readRadius(given.radius),
    background: readBackground(given.background),
    termsUrl: readUrl('the terms of service', given.termsUrl),
    privacyUrl: readUrl('the privacy policy', given.privacyUrl),
    helpUrl: readUrl('the help', given.helpUrl),
  })

/** Checks what an operator says of an application's look. */
export const checkClientBranding = (given: unknown): BrandingVerdict<ClientBranding> =>
  isObject(given) && hasOnly(given, ['accent', 'background'])
    ? verdictOf<ClientBranding>({ accent: readAccent(given['accent']), background: readBackground(given['background']) })
    : {
        kind: 'refused',
        problems: ['The branding of an application is {"accent": ..., "background": ...}; its name and logo are client_name and logo_uri.'],
      }
