/** The smallest and the largest value by unit; '' is a number without one. A unit that is not here is refused. */
export type Limits = Readonly<Partial<Record<'px' | 'rem' | 'em' | '%' | '', readonly [min: number, max: number]>>>

type Property = Limits & { readonly only?: string }

/** The classes of the pages that custom CSS may name. They stay from one release to the next. */
export const publishedClasses: readonly string[] = [
  ...['brand', 'card', 'lead', 'logo', 'monogram', 'notice', 'field', 'note', 'problem', 'actions', 'button', 'primary', 'text', 'aside'],
  ...['choices', 'choice', 'list', 'scopes', 'resources', 'compare', 'code', 'mend', 'facts', 'links', 'languages'],
]

export const pseudoClasses: ReadonlySet<string> = new Set(['hover', 'focus', 'focus-visible', 'active', 'first-child', 'last-child'])

export const cssFunctions: ReadonlySet<string> = new Set(['rgb', 'rgba', 'hsl', 'hsla', 'oklch', 'var'])

const words: Limits = {}
const space: Limits = { px: [0, 64], rem: [0, 4], em: [0, 4], '': [0, 0] }
const edge: Limits = { px: [0, 16], rem: [0, 1], em: [0, 1], '%': [0, 100], '': [0, 360] }
const round: Limits = { px: [0, 64], rem: [0, 4], em: [0, 4], '%': [0, 50], '': [0, 0] }

const sides = (name: string, rest = ''): readonly string[] =>
  ['', '-block', '-inline', '-block-start', '-block-end', '-inline-start', '-inline-end'].map((side) => `${name}${side}${rest}`)
const corners = ['', '-start-start', '-start-end', '-end-start', '-end-end'].map((corner) => `border${corner}-radius`)

const each = (names: readonly string[], limits: Property): Record<string, Property> =>
  Object.fromEntries(names.map((name) => [name, limits]))

/**
 * What custom CSS may set. No colour of text, no ground behind it, no position, no size of boxes, nothing that hides or writes: contrast, order and words of
 * a page stay ours.
 */
export const cssProperties: Readonly<Record<string, Property>> = {
  'font-family': words,
  'font-style': words,
  'font-weight': { '': [100, 900] },
  'font-size': { px: [12, 40], rem: [0.75, 2.5], em: [0.8, 2], '%': [80, 200] },
  'line-height': { '': [1, 2.5] },
  'letter-spacing': { px: [0, 4], em: [0, 0.25], rem: [0, 0.25], '': [0, 0] },
  'text-align': words,
  'text-transform': words,
  'text-decoration-line': words,
  'text-decoration-style': words,
  'text-decoration-thickness': edge,
  'text-underline-offset': edge,
  ...each([...sides('padding'), ...sides('margin'), 'gap', 'row-gap', 'column-gap'], space),
  ...each([...sides('border'), ...sides('border', '-width'), ...sides('border', '-style'), ...sides('border', '-color')], edge),
  ...each(corners, round),
  'box-shadow': { px: [-32, 64], rem: [-2, 4], em: [-2, 4], '%': [0, 100], '': [0, 360] },
  'background-image': { only: 'brand' },
  'background-repeat': { only: 'brand' },
  'background-position': { only: 'brand', px: [0, 200], '%': [0, 100], '': [0, 0] },
  'background-size': { only: 'brand', px: [0, 400], '%': [0, 100] },
}

export const isWithin = (limits: Limits, value: number, unit: string): boolean => {
  const range = Object.hasOwn(limits, unit) ? limits[unit as keyof Limits] : undefined
  return range !== undefined && value >= range[0] && value <= range[1]
}
