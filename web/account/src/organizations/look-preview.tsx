import { useMediaQuery } from '@mantine/hooks'
import type { CSSProperties } from 'react'
import { useBrand } from '../account-context.tsx'
import { isColour, shadeForDark, textOn } from './colours.ts'
import type { LookDraft } from './look-draft.ts'
import { useWords } from './words.tsx'

// The card of the hosted pages in the dark.
const darkPaper = '#141a18'

const accentOf = ({ accent }: LookDraft, isDark: boolean): Readonly<Record<string, string>> => {
  if (!isColour(accent)) return {}
  const shade = isDark ? shadeForDark(accent, darkPaper) : accent.trim()
  return { '--accent': shade, '--on-accent': textOn(shade), '--accent-soft': `color-mix(in srgb, ${shade} 16%, var(--paper-0))` }
}

const groundOf = ({ kind, light, dark }: LookDraft, isDark: boolean): Readonly<Record<string, string>> => {
  if (kind === 'plain') return { '--look-ground': 'var(--paper-1)' }
  const colour = isDark ? dark || light : light || dark
  if (kind !== 'colour' || !isColour(colour)) return {}
  return { '--look-ground': colour, '--look-ink': textOn(colour) }
}

/** The sign-in page in small, as far as an organization can change it. Nothing in it can be used, so nobody is led through it. */
export const LookPreview = ({ draft }: { readonly draft: LookDraft }) => {
  const { branding } = useWords()
  const { name: tenant } = useBrand()
  const isDark = useMediaQuery('(prefers-color-scheme: dark)') === true
  const style = { ...accentOf(draft, isDark), ...groundOf(draft, isDark) } as CSSProperties
  const name = draft.name.trim() || tenant
  return (
    <div className="look-preview" style={style} aria-hidden="true">
      <div className="look-head">{draft.logo?.url === undefined ? <bdi>{name}</bdi> : <img src={draft.logo.url} alt="" />}</div>
      <div className="look-card">
        <b>{branding.sampleTitle}</b>
        <span className="look-label">{branding.sampleField}</span>
        <span className="look-field" />
        <span className="look-button">{branding.sampleButton}</span>
        <span className="look-link">{branding.sampleLink}</span>
      </div>
    </div>
  )
}
