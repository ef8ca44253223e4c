import { chooseLanguage } from '../pages/choose-language.ts'
import { languageParameter } from '../pages/language-menu.ts'
import { webAppWords } from '../pages/web-app-words.ts'
import { tokensOf } from '../settings/settings.ts'
import { brandOf } from './brand-paths.ts'
import type { Provider } from './provider.ts'

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>
type Asked = { readonly tenantId: string; readonly headers: Headers }

/** What the portal or the console shows before it knows who is there: the language of the browser, and the look of the tenant. */
export const webAppShell =
  (app: 'account' | 'console', { branding: readBranding, basePath, jar }: Pick<Provider, 'branding' | 'basePath' | 'jar'>) =>
  async ({ tenantId, headers }: Asked) => {
    const chosen = jar.read(headers['cookie'], languageParameter)
    const branding = (await readBranding(tenantId)) ?? {}
    const { stylesheet: _, ...brand } = brandOf(basePath, branding)
    const tokens = tokensOf(branding)
    return {
      ...webAppWords(chooseLanguage({ chosen, acceptLanguage: headers['accept-language'] }), app),
      brand,
      stylesheet: tokens && `${basePath}/branding/portal/${tokens.hash}.css`,
    }
  }
