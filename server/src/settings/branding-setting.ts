import { Type } from 'typebox'
import { type Branding, logoTypes, radii } from '../pages/brand/branding.ts'
import { checkBranding } from '../pages/brand/check-branding.ts'
import type { CustomCssVerdict } from './custom-css.ts'
import { fromWire, toWire } from './wire-names.ts'

const color = Type.Unknown({ description: 'A colour such as "#0a6b5c", or {"light": ..., "dark": ...}.' })
const url = Type.Optional(Type.String({ minLength: 1, maxLength: 2000 }))

/** The look of a tenant on the wire. */
export const BrandingSetting = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    logo: Type.Optional(
      Type.Object(
        { hash: Type.String({ maxLength: 64 }), media_type: Type.String({ enum: [...logoTypes] }) },
        {
          additionalProperties: false,
          description: 'It is uploaded by itself. Left out, it is taken away; otherwise it is the present one.',
        },
      ),
    ),
    accent: Type.Optional(color),
    radius: Type.Optional(Type.String({ enum: [...radii] })),
    background: Type.Optional(Type.Unknown({ description: '"plain", "gradient", a colour, or {"light": ..., "dark": ...}.' })),
    terms_url: url,
    privacy_url: url,
    help_url: url,
    custom_css: Type.Optional(Type.String({ maxLength: 8192 })),
  },
  { additionalProperties: false, examples: [{ name: 'Acme', accent: '#1f4fd8', radius: 'small', background: 'plain' }] },
)

/** A look as it is shown. */
export const shownBranding = ({ logo, ...rest }: Branding): Readonly<Record<string, unknown>> => ({
  ...toWire(rest),
  ...(logo === undefined ? {} : { logo: { hash: logo.hash, media_type: logo.mediaType } }),
})

type Verdict = { readonly kind: 'valid'; readonly value: Branding } | { readonly kind: 'refused'; readonly problems: readonly string[] }

/** Checks a look as the command line does; `present` is the one whose logo it may go on to show. */
export const checkBrandingSetting = async (
  given: Readonly<Record<string, unknown>>,
  { present, checkCss }: { readonly present: Branding | undefined; readonly checkCss: (text: string) => Promise<CustomCssVerdict> },
): Promise<Verdict> => {
  const { logo, customCss: css, ...rest } = fromWire(given)
  const look = checkBranding(rest)
  const style = typeof css === 'string' && css !== '' ? await checkCss(css) : undefined
  const isOtherLogo = logo !== undefined && (logo as { hash?: unknown }).hash !== present?.logo?.hash
  const problems = [
    ...(look.kind === 'refused' ? look.problems : []),
    ...(style?.kind === 'refused' ? style.problems : []),
    ...(isOtherLogo ? ['This is not the logo that is there. Upload another one at /admin/v1/settings/branding/logo.'] : []),
  ]
  if (problems.length > 0 || look.kind === 'refused') return { kind: 'refused', problems }
  const value: Branding = {
    ...look.branding,
    ...(style?.kind === 'valid' ? { customCss: style.css } : {}),
    ...(logo === undefined || present?.logo === undefined ? {} : { logo: present.logo }),
  }
  return { kind: 'valid', value }
}
