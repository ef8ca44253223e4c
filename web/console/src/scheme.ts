/** Light, dark, or what the system says. */
export type Scheme = 'auto' | 'light' | 'dark'

const key = 'console scheme'
const isScheme = (text: string | null): text is Scheme => text === 'auto' || text === 'light' || text === 'dark'

export const keptScheme = (): Scheme => {
  const kept = localStorage.getItem(key)
  return isScheme(kept) ? kept : 'auto'
}

const media: Readonly<Record<Scheme, string>> = { auto: '(prefers-color-scheme: dark)', light: 'not all', dark: 'all' }
const ofDark = new Set(Object.values(media))

// All style sheets ask the system. A choice of one's own is written into their questions, those of the tenant's branding included.
const rulesOfDark = (): CSSMediaRule[] =>
  [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSMediaRule)
    .filter(({ media: { mediaText } }) => ofDark.has(mediaText))

/** Shows the page in this scheme from now on, also the next time. */
export const applyScheme = (scheme: Scheme): void => {
  for (const rule of rulesOfDark()) rule.media.mediaText = media[scheme]
  document.documentElement.style.colorScheme = scheme === 'auto' ? '' : scheme
  localStorage.setItem(key, scheme)
}
