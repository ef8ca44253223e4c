import { chooseLanguage } from '../pages/choose-language.ts'
import { languageParameter } from '../pages/language-menu.ts'
import { portalWords } from '../pages/portal-words.ts'
import { tokensOf } from '../settings/settings.ts'
import { brandOf } from './brand-paths.ts'
import type { Provider } from './provider.ts'

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** What the account portal shows before it knows who is there: the language of the browser, and the look of the tenant. */
export const portalShell = async (
  { branding: readBranding, basePath, jar }: Pick<Provider, 'branding' | 'basePath' | 'jar'>,
  { tenantId, headers }: { readonly tenantId: string; readonly headers: Headers },
) => {
  const chosen = jar.read(headers['cookie'], languageParameter)
  const branding = (await readBranding(tenantId)) ?? {}
  const { stylesheet: _, ...brand } = brandOf(basePath, branding)
  const tokens = tokensOf(branding)
  return {
    ...portalWords(chooseLanguage({ chosen, acceptLanguage: headers['accept-language'] })),
    brand,
    stylesheet: tokens && `${basePath}/branding/portal/${tokens.hash}.css`,
  }
}
